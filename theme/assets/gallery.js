// Pictures one after another in a dialog, before and after under a slider. Every page reads without this file.
(function () {
  "use strict";
  var here = document.currentScript.src;
  var links = Array.prototype.slice.call(document.querySelectorAll("a[data-enlarge]"));

  function element(tag, name, words) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (words) made.textContent = words;
    return made;
  }
  function button(name, words, act) {
    var made = element("button", name, words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // before and after: the later picture lies on the earlier one and is uncovered by a slider
  Array.prototype.forEach.call(document.querySelectorAll("[data-pair]"), function (pair) {
    var label = element("label", "pair__range no-print", "改造前后对比");
    var range = element("input");
    range.type = "range";
    range.min = "0";
    range.max = "100";
    range.value = "50";
    function show() {
      pair.style.setProperty("--at", range.value + "%");
      range.setAttribute("aria-valuetext", "改造后露出 " + (100 - range.value) + "%");
    }
    range.addEventListener("input", show);
    label.appendChild(range);
    pair.parentNode.insertBefore(label, pair.nextSibling);
    pair.classList.add("pair--on");
    show();
  });

  // a browser without dialogs follows the link to the largest file
  if (!links.length || !window.HTMLDialogElement || !HTMLDialogElement.prototype.showModal) return;

  var at = 0, from = null, start = null, viewer = null;
  var dialog = element("dialog", "show no-print");
  dialog.setAttribute("aria-label", "图片");
  var bar = element("div", "show__bar");
  var count = element("p", "show__n");
  count.setAttribute("aria-live", "polite");
  var details = button("show__b", "看细节", magnify);
  var close = button("show__b", "关闭", function () { viewer ? leave() : dialog.close(); });
  var stage = element("div", "show__stage");
  var words = element("div", "show__cap");
  var ways = element("div", "show__ways");
  var previous = button("show__b", "上一张", function () { go(at - 1); });
  var next = button("show__b", "下一张", function () { go(at + 1); });
  ways.append(previous, next);
  bar.append(count, details, close);
  dialog.append(bar, stage, words, ways);
  document.body.appendChild(dialog);

  function clear(node) {
    while (node.firstChild) node.removeChild(node.firstChild);
  }

  function go(number) {
    at = Math.max(0, Math.min(links.length - 1, number));
    var link = links[at];
    var picture = link.querySelector("picture, img").cloneNode(true);
    Array.prototype.forEach.call(picture.querySelectorAll("source, img"), function (part) { part.sizes = "100vw"; });
    var image = picture.querySelector("img") || picture;
    image.removeAttribute("loading");
    clear(stage);
    stage.appendChild(picture);
    clear(words);
    var figure = link.closest("figure");
    var caption = figure && figure.querySelector("figcaption");
    if (caption) words.append.apply(words, Array.prototype.slice.call(caption.cloneNode(true).childNodes));
    count.textContent = at + 1 + "／" + links.length;
    details.hidden = !link.dataset.zoom;
    [[previous, at === 0], [next, at === links.length - 1]].forEach(function (way) {
      // a button that has the focus is not switched off under the visitor's finger
      if (way[1] && document.activeElement === way[0]) close.focus();
      way[0].disabled = way[1];
    });
    ways.hidden = links.length < 2;
  }

  function magnify() {
    var link = links[at];
    details.disabled = true;
    load("zoom.js").then(function () {
      clear(stage);
      viewer = window.exhibitionZoom(stage, {
        folder: new URL(link.dataset.zoom, document.baseURI).href,
        width: +link.dataset.width,
        height: +link.dataset.height,
        vendor: here.replace(/[^/]*$/, "vendor/")
      });
      dialog.classList.add("show--zoom");
      close.textContent = "返回";
      stage.focus();
    }).catch(function () {
      details.textContent = "打不开，请再试";
    }).then(function () { details.disabled = false; });
  }

  function leave() {
    if (!viewer) return;
    viewer.close();
    viewer = null;
    dialog.classList.remove("show--zoom");
    close.textContent = "关闭";
    go(at);
    details.focus();
  }

  var loading = {};
  function load(name) {
    loading[name] = loading[name] || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      var address = here.replace(/[^/]*$/, name);
      var policy = window.trustedTypes && window.trustedTypes.createPolicy("gallery", {
        createScriptURL: function (text) { return text; }
      });
      script.src = policy ? policy.createScriptURL(address) : address;
      script.onload = resolve;
      script.onerror = function () { delete loading[name]; reject(new Error(name)); };
      document.head.appendChild(script);
    });
    return loading[name];
  }

  links.forEach(function (link, number) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(link, number);
    });
    link.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      open(link, number);
    });
  });
  function open(link, number) {
    from = link;
    go(number);
    dialog.showModal();
    document.documentElement.classList.add("is-showing");
  }
  dialog.addEventListener("close", function () {
    document.documentElement.classList.remove("is-showing");
    clear(stage);
    if (from) from.focus();
  });
  // Escape leaves the details first, then the dialog
  dialog.addEventListener("cancel", function (event) {
    if (!viewer) return;
    event.preventDefault();
    leave();
  });
  // on the document, for the focus may be on the page's frame while the dialog is open
  document.addEventListener("keydown", function (event) {
    if (!dialog.open) return;
    if (event.key === "Escape" && viewer) { event.preventDefault(); leave(); return; }
    if (viewer) return;
    var to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
  stage.addEventListener("pointerdown", function (event) { start = viewer || !event.isPrimary ? null : event; });
  stage.addEventListener("pointerup", function (event) {
    if (!start || !event.isPrimary) return;
    var across = event.clientX - start.clientX, down = event.clientY - start.clientY;
    start = null;
    if (Math.abs(across) > 48 && Math.abs(across) > 2 * Math.abs(down)) go(at + (across < 0 ? 1 : -1));
  });
  stage.addEventListener("pointercancel", function () { start = null; });
  stage.addEventListener("dragstart", function (event) { event.preventDefault(); });
})();
