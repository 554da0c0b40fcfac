// Reading settings, sharing, menus that close. Every page reads without this file.
(function () {
  "use strict";
  var root = document.documentElement;
  var attributes = { size: "data-size", scheme: "data-md-color-scheme" };
  var grounds = { default: "#fbfaf7", slate: "#141516" };

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  // the browser's own frame follows the chosen scheme
  function tint() {
    var scheme = root.getAttribute(attributes.scheme);
    each('meta[name="theme-color"]', function (meta) {
      meta.content = grounds[scheme] || (/dark/.test(meta.media) ? grounds.slate : grounds.default);
    });
  }

  function show() {
    each("[data-pref]", function (input) {
      input.checked = (root.getAttribute(attributes[input.dataset.pref]) || "") === input.value;
    });
    tint();
  }

  document.addEventListener("change", function (event) {
    var name = event.target.dataset && event.target.dataset.pref;
    if (!name) return;
    var value = event.target.value;
    if (value) root.setAttribute(attributes[name], value);
    else root.removeAttribute(attributes[name]);
    try {
      if (value) localStorage.setItem("exhibition." + name, value);
      else localStorage.removeItem("exhibition." + name);
    } catch (error) {
      // without storage the choice lasts for this page
    }
    show();
  });

  // panels: one at a time, closed by Escape (focus goes back to the handle) or by a touch elsewhere
  function close(except) {
    each(".drawer[open]", function (drawer) {
      if (drawer !== except) drawer.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    close(event.target.closest(".drawer"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector(".drawer[open]");
    if (!open) return;
    if (open.contains(document.activeElement)) open.querySelector("summary").focus();
    close();
  });
  document.addEventListener("focusin", function (event) {
    close(event.target.closest(".drawer"));
  });

  // sharing: the system's sheet where there is one, else the address is copied
  function said(button, words) {
    var before = button.textContent;
    button.setAttribute("aria-live", "polite");
    button.textContent = words;
    setTimeout(function () { button.textContent = before; }, 2500);
  }
  function copy(address) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(address);
    var field = document.createElement("textarea");
    field.value = address;
    field.className = "vh";
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }
  each("[data-share]", function (button) {
    var canonical = document.querySelector('link[rel="canonical"]');
    var address = canonical ? canonical.href : location.href.split("#")[0];
    button.hidden = false;
    if (!navigator.share) button.textContent = "复制链接";
    button.addEventListener("click", function () {
      if (navigator.share) {
        navigator.share({ title: document.title, url: address }).catch(function () {});
        return;
      }
      copy(address).then(
        function () { said(button, "已复制"); },
        function () { said(button, "请从地址栏复制"); }
      );
    });
  });

  // 404: names the address that was asked for
  each("[data-asked]", function (line) {
    var path = location.pathname;
    try { path = decodeURI(path); } catch (error) { /* a broken escape is shown as it came */ }
    line.appendChild(document.createTextNode(path));
    line.hidden = false;
  });

  show();
})();
