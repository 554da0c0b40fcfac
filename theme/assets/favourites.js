// The visitor's own list: keys of entries in the order kept, in this browser only. Every [data-favourite] puts one in or takes it out.
(function (root) {
  "use strict";
  var site = new URL("../../", document.currentScript.src), NAME = "exhibition.favourites.v1 " + site.pathname;
  var MOST = 500, FORM = /^[a-z]{1,20}\/[a-z0-9][a-z0-9-]{0,99}$/;
  var memory = null;

  function clean(keys) {
    return (Array.isArray(keys) ? keys : []).filter(function (key, at, all) {
      return typeof key === "string" && FORM.test(key) && all.indexOf(key) === at;
    }).slice(0, MOST);
  }
  function read() {
    if (memory) return memory.slice();
    try {
      return clean(JSON.parse(localStorage.getItem(NAME) || "[]"));
    } catch (error) {
      return [];
    }
  }
  // false where the browser keeps nothing: then the list lasts as long as the page
  function write(keys) {
    var wanted = clean(keys);
    memory = null;
    try {
      if (wanted.length) localStorage.setItem(NAME, JSON.stringify(wanted));
      else localStorage.removeItem(NAME);
    } catch (error) {
      memory = wanted;
    }
    tell();
    return !memory;
  }

  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }
  function mark() {
    var keys = read();
    document.documentElement.toggleAttribute("data-kept", keys.length > 0);
    each("[data-kept-count]", function (node) { node.textContent = keys.length || ""; });
    each("[data-favourite]", function (button) {
      if (!button.dataset.favourite) return;
      button.classList.add("star");
      button.parentNode.classList.add("starred");
      button.hidden = false;
      if (!button.textContent) button.textContent = "收藏";
      button.setAttribute("aria-pressed", String(keys.indexOf(button.dataset.favourite) >= 0));
      if (button.hasAttribute("aria-label")) return;
      var card = button.closest("[data-result], article, li"), title = card && card.querySelector("h1, h2, h3, .work__t");
      if (title) button.setAttribute("aria-label", "收藏《" + title.textContent.trim() + "》");
    });
  }
  function tell() {
    mark();
    document.dispatchEvent(new Event("exhibition-favourites"));
  }
  function say(button, words) {
    var line = button.nextElementSibling;
    if (!line || !line.classList.contains("star__say")) {
      line = document.createElement("span");
      line.className = "star__say";
      line.setAttribute("role", "status");
      button.insertAdjacentElement("afterend", line);
    }
    line.textContent = words;
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-favourite]");
    if (!button) return;
    var keys = read(), at = keys.indexOf(button.dataset.favourite);
    event.preventDefault();
    if (at >= 0) keys.splice(at, 1);
    else if (keys.length < MOST) keys.push(button.dataset.favourite);
    else return say(button, "已有 " + MOST + " 项，放不下了");
    if (!write(keys)) say(button, "浏览器不让保存，只在这一页有效");
  });
  // another tab, or a page that comes back as it was left
  window.addEventListener("storage", function (event) { if (event.key === NAME || event.key === null) tell(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) tell(); });
  new MutationObserver(function (changes) {
    var added = changes.some(function (change) {
      return Array.prototype.some.call(change.addedNodes, function (node) {
        return node.nodeType === 1 && (node.matches("[data-favourite]") || node.querySelector("[data-favourite]"));
      });
    });
    if (added) mark();
  }).observe(document.body, { childList: true, subtree: true });

  root.exhibitionFavourites = { read: read, write: write, form: FORM, most: MOST };
  mark();
})(window);
