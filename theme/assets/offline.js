// Saves a hall for places without a network, and leads back from the page that says there is none. The worker does the work: sw.js.
(function () {
  "use strict";
  var button = document.querySelector("[data-save]"), again = document.querySelector("[data-again]");

  if (again) {
    var from = new URLSearchParams(location.search).get("from");
    var to = new URL("../" + (from || ""), location.href);
    if (to.href.indexOf(new URL("../", location.href).href) === 0) again.href = to.href;
    window.addEventListener("online", function () { location.replace(again.href); });
  }
  if (!button) return;
  var line = document.querySelector("[data-save-say]");
  var links = Array.from(document.querySelectorAll(".chosen .work__a, .grade__rows .row__a, .door__tour a"));
  var pages = [location.href.split(/[?#]/)[0]].concat(links.map(function (link) { return link.href; })).filter(function (one, at, all) {
    return all.indexOf(one) === at;
  });
  function say(words) { line.textContent = words; }
  function told(event) {
    var now = event.data;
    if (now.tried < now.of) return say("正在保存，" + now.tried + " / " + now.of + " 页…");
    button.disabled = false;
    say(now.done === now.of ? "已保存 " + now.of + " 页，没有网络也能看。" : "保存了 " + now.done + " 页，还有 " + (now.of - now.done) + " 页没有存上，请再点一次。");
  }
  navigator.serviceWorker.ready.then(function (found) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var channel = new MessageChannel();
      channel.port1.onmessage = told;
      button.disabled = true;
      say("正在保存…");
      found.active.postMessage({ save: pages }, [channel.port2]);
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(function () {});
    });
  });
})();
