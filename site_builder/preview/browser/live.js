/* Shows over a page what is amiss with the content it is made from, and loads the page anew when it is another. Of the preview only. */
(function () {
  "use strict";
  var own = document.currentScript.dataset;
  var known = { page: own.page, seen: own.seen, index: own.index, told: "" };
  var SAID = "exhibition-live-said";
  var FOLDED = "exhibition-live-folded";
  var panel = null;
  var asking = null;

  function kept(name) {
    try { return sessionStorage.getItem(name) || ""; } catch (fault) { return ""; }
  }

  function keep(name, value) {
    try { sessionStorage.setItem(name, value); } catch (fault) { /* a browser that keeps nothing says it again */ }
  }

  function made(tag, name, text) {
    var element = document.createElement(tag);
    if (name) { element.className = name; }
    if (text) { element.textContent = text; }
    return element;
  }

  function line(one) {
    var item = made("li", "live-one");
    if (one.place) { item.appendChild(made("p", "live-place", one.place)); }
    item.appendChild(made("p", "live-message", one.message));
    if (one.mend) { item.appendChild(made("p", "live-mend", "怎么改：" + one.mend)); }
    return item;
  }

  function listed(several, more, unit) {
    var list = made("ul", "live-list");
    several.forEach(function (one) { list.appendChild(line(one)); });
    if (more) { list.appendChild(made("li", "live-more", "还有 " + more + " " + unit + "，改完这些再看；全部的用 exhibition check 列出。")); }
    return list;
  }

  function folded(name, words, open, inside) {
    var fold = made("details", name);
    fold.open = open;
    fold.appendChild(made("summary", "live-summary", words));
    fold.appendChild(inside);
    return fold;
  }

  function room() {
    document.documentElement.style.scrollPaddingBottom = panel ? panel.offsetHeight + "px" : "";
    document.body.style.paddingBottom = panel ? panel.offsetHeight + "px" : "";
  }

  function shown(news) {
    if (panel) { panel.remove(); panel = null; }
    if (news.told) {
      panel = made("section", news.errors.length ? "live live-stops" : "live");
      panel.setAttribute("aria-label", "预览：内容里的问题");
      if (news.errors.length) {
        var errors = folded("live-errors", news.summary, kept(FOLDED) !== news.told, made("div"));
        errors.lastChild.appendChild(made("p", "live-note", "改好并保存以后，这里自动消失；在那之前网页保持原样。"));
        errors.lastChild.appendChild(listed(news.errors, news.more_errors, "个错误"));
        errors.addEventListener("toggle", function () { keep(FOLDED, errors.open ? "" : news.told); room(); });
        panel.appendChild(errors);
      }
      if (news.warnings.length) {
        var count = news.warnings.length + news.more_warnings + " 个警告";
        var warnings = folded("live-warnings", count, false, listed(news.warnings, news.more_warnings, "个警告"));
        warnings.addEventListener("toggle", room);
        panel.appendChild(warnings);
      }
      document.body.appendChild(panel);
      if (news.errors.length && kept(SAID) !== news.told) {
        // said once: a page that is loaded anew has nothing new to say
        var alert = made("p", "live-said");
        alert.setAttribute("role", "alert");
        panel.appendChild(alert);
        setTimeout(function () { alert.textContent = "预览：" + news.summary + "。" + news.errors[0].message; }, 100);
      }
    }
    keep(SAID, news.told);
    room();
  }

  function searches() {
    return performance.getEntriesByType("resource").some(function (one) { return one.name.indexOf("/search/v") > 0; });
  }

  function heard(news) {
    if (String(news.seen) !== known.seen || (String(news.index) !== known.index && searches())) {
      location.reload();
      return;
    }
    known.index = String(news.index);
    if (news.told !== known.told) {
      known.told = news.told;
      shown(news);
    }
    ask();
  }

  function ask() {
    if (asking || document.visibilityState !== "visible") { return; }
    var words = Object.keys(known).map(function (name) { return name + "=" + encodeURIComponent(known[name]); });
    asking = new XMLHttpRequest();
    asking.onloadend = function () {
      var answer = asking;
      var news = null;
      asking = null;
      if (!answer || answer.status !== 200) {
        setTimeout(ask, 2000);
        return;
      }
      try { news = JSON.parse(answer.responseText); } catch (fault) { setTimeout(ask, 2000); return; }
      heard(news);
    };
    asking.open("GET", "/_live/now?" + words.join("&"));
    asking.send();
  }

  function pause() {
    var answer = asking;
    asking = null;
    if (answer) { answer.onloadend = null; answer.abort(); }
  }

  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") { ask(); } else { pause(); }
  });
  window.addEventListener("pagehide", pause);
  window.addEventListener("pageshow", ask);
  window.addEventListener("resize", room);
  ask();
})();
