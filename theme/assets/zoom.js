// The details of a large picture: IIIF tiles in OpenSeadragon, fetched when a visitor asks for them.
(function () {
  "use strict";
  var library = "openseadragon-6.1.1.min.js";
  var waiting = null;

  // OpenSeadragon empties elements by innerHTML = "": where a page asks for trusted types, that and nothing else is let through
  function trust() {
    if (!window.trustedTypes || window.trustedTypes.defaultPolicy) return null;
    return window.trustedTypes.createPolicy("default", {
      createHTML: function (text) {
        if (text) throw new TypeError("only nothing may be written as HTML");
        return text;
      },
      createScriptURL: function (text) { return new URL(text, document.baseURI).protocol === location.protocol ? text : null; }
    });
  }

  function load(address) {
    waiting = waiting || new Promise(function (resolve, reject) {
      trust();
      // it writes a style element unless it finds its own, which need be no real one; the rule in it stands in our sheet
      var mark = document.createElementNS("urn:mark", "style");
      mark.setAttribute("data-openseadragon-mobile-css", "true");
      document.head.appendChild(mark);
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = function () { waiting = null; reject(new Error(address)); };
      document.head.appendChild(script);
    });
    return waiting;
  }

  function information(picture) {
    var tile = 512, factors = [1];
    while (Math.max(picture.width, picture.height) / factors[factors.length - 1] > tile) {
      factors.push(factors[factors.length - 1] * 2);
    }
    return {
      "@context": "http://iiif.io/api/image/3/context.json",
      id: picture.folder.replace(/\/$/, ""),
      protocol: "http://iiif.io/api/image",
      profile: "level0",
      width: picture.width,
      height: picture.height,
      tiles: [{ width: tile, height: tile, scaleFactors: factors }]
    };
  }

  // stage: the element to fill; picture: folder, width and height of the tiles, and the folder of the library
  window.exhibitionZoom = function (stage, picture) {
    var closed = false, seadragon = null;
    var frame = document.createElement("div");
    frame.className = "zoom__frame";
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", "放大的图片：方向键移动，加号减号缩放");
    var bar = document.createElement("div");
    bar.className = "zoom__bar";
    [["放大", 1.6], ["缩小", 1 / 1.6], ["全图", 0]].forEach(function (way) {
      var made = document.createElement("button");
      made.type = "button";
      made.className = "show__b";
      made.textContent = way[0];
      made.addEventListener("click", function () {
        if (!seadragon) return;
        if (way[1]) seadragon.viewport.zoomBy(way[1]).applyConstraints();
        else seadragon.viewport.goHome();
      });
      bar.appendChild(made);
    });
    stage.append(frame, bar);
    load(picture.vendor + library).then(function () {
      if (closed) return;
      seadragon = window.OpenSeadragon({
        element: frame,
        showNavigationControl: false,
        drawer: "canvas",
        maxZoomPixelRatio: 2,
        visibilityRatio: 1,
        animationTime: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.6,
        gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
        tileSources: information(picture)
      });
      seadragon.canvas.focus();
      stage.zoomed = seadragon;
    }).catch(function () {
      frame.textContent = "细节图没有打开，请返回后再试。";
    });
    return {
      close: function () {
        closed = true;
        if (seadragon) seadragon.destroy();
      }
    };
  };
})();
