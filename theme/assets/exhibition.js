// Reading settings, sharing, menus that close. Every page reads without this file.
(function () {
  "use strict";
  var root = document.documentElement, own = document.currentScript;
  var attributes = { size: "data-size", contrast: "data-contrast", scheme: "data-md-color-scheme" };
  var grounds = { default: "#fbfaf7", slate: "#141516" };

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  // the menu is written once, in the header's line; narrow screens have it in a drawer
  each("[data-menu]", function (place) {
    place.replaceWith(document.querySelector(".menu ul").cloneNode(true));
  });

  // what one can choose: the header's handle and the footer's open the same
  var choices = [
    ["size", "字号", [["", "标准"], ["large", "大字"]]],
    ["contrast", "对比", [["", "普通"], ["more", "高对比"]]],
    ["scheme", "明暗", [["", "跟随系统"], ["default", "明"], ["slate", "暗"]]]
  ];
  function put(parent, tag, words) {
    var made = document.createElement(tag);
    if (words) made.textContent = words;
    return parent.appendChild(made);
  }
  each(".settings", function (panel) {
    var form = put(panel, "form");
    form.className = "drawer__panel";
    choices.forEach(function (choice) {
      var group = put(form, "fieldset");
      put(group, "legend", choice[1]);
      choice[2].forEach(function (one) {
        var label = put(group, "label"), input = put(label, "input");
        input.type = "radio";
        input.name = input.dataset.pref = choice[0];
        input.value = one[0];
        put(label, "span", one[1]);
      });
    });
  });

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
  ["click", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      close(event.target.closest && event.target.closest(".drawer"));
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector(".drawer[open]");
    if (!open) return;
    if (open.contains(document.activeElement)) open.querySelector("summary").focus();
    close();
  });

  // sharing: the system's sheet where there is one, else the address is copied
  var inWeChat = /MicroMessenger/.test(navigator.userAgent);
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
  window.exhibitionCopy = copy;
  each("[data-share]", function (button) {
    var canonical = document.querySelector('link[rel="canonical"]');
    var address = canonical ? canonical.href : location.href.split("#")[0];
    var label = navigator.share ? button.textContent : "复制链接";
    function say(words) {
      button.textContent = words;
      setTimeout(function () { button.textContent = label; }, 4000);
    }
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.textContent = label;
    button.addEventListener("click", function () {
      if (navigator.share) {
        navigator.share({ title: document.title, url: address }).catch(function () {});
        return;
      }
      copy(address).then(
        function () { say(inWeChat ? "已复制，也可点右上角“···”转发" : "已复制"); },
        function () { say("请从地址栏复制"); }
      );
    });
  });

  // who comes from a hall goes on in that hall: its address travels as ?from=2026/dian
  ["click", "auxclick", "contextmenu"].forEach(function (name) {
    document.addEventListener(
      name,
      function (event) {
        var link = event.target.closest && event.target.closest(".work__a,.row__a,.slide__t a,.turn__p,.turn__n");
        var hall = link && link.closest("[data-hall]");
        if (hall) link.search = "?from=" + hall.dataset.hall;
      },
      true
    );
  });
  var from = (/[?&]from=([^&]*)/.exec(location.search) || [])[1];
  each(".turn[data-hall]", function (bar) {
    if (!from || bar.dataset.hall !== from.replace(/%2F/gi, "/")) return;
    var first = document.querySelector(".turn");
    first.classList.add("turn--small");
    bar.classList.remove("turn--small");
    first.parentNode.insertBefore(bar, first);
  });

  // what nobody waits for comes when the page stands and the browser has time
  function later(act) {
    window.addEventListener("load", function () {
      if (window.requestIdleCallback) window.requestIdleCallback(act, { timeout: 2000 });
      else setTimeout(act, 200);
    });
  }
  function fetched(name) {
    var script = document.createElement("script");
    script.src = window.exhibitionOwn(name);
    document.head.appendChild(script);
  }

  // reading aloud is fetched before it is asked for, for phones speak only what a touch itself began
  if (root.classList.contains("speaks") && document.querySelector("[data-aloud]")) later(function () { fetched("aloud.js"); });

  // references are worked out for whoever opens their fold
  each(".cite", function (fold) {
    fold.addEventListener("toggle", function opened() {
      fold.removeEventListener("toggle", opened);
      fetched("cite.js");
    });
  });

  // 404: names the address that was asked for; the style sheet shows it
  each("[data-asked]", function (line) {
    var path = location.pathname;
    try {
      path = decodeURI(path);
    } catch (error) {
      // a broken escape is shown as it came
    }
    line.dataset.asked = path;
  });

  // what was seen is kept for places without a network; not on a screen in the hall, nor from a folder
  if (own.hasAttribute("data-offline") && "serviceWorker" in navigator && /^http/.test(location.protocol) && !root.hasAttribute("data-kiosk")) {
    later(function () {
      navigator.serviceWorker.register(window.exhibitionOwn("../../sw.js")).catch(function () {});
    });
    if (document.querySelector("[data-save], [data-again]")) fetched("offline.js");
  }

  show();
})();
