// A guided tour: one slide at a time, by keyboard, swipe or timer. Without this file the page is read from top to bottom.
(function () {
  "use strict";
  var root = document.documentElement;
  var tour = document.querySelector("[data-tour]");
  if (!tour) return;
  var slides = Array.prototype.slice.call(tour.querySelectorAll("[data-slide]"));
  var works = tour.querySelectorAll("[data-work]").length;
  var bar = tour.querySelector("[data-bar]");
  var back = tour.querySelector("[data-back]");
  var forth = tour.querySelector("[data-forth]");
  var play = tour.querySelector("[data-play]");
  var place = tour.querySelector("[data-at]");
  var exit = tour.querySelector(".tour__exit");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var seconds = Number(tour.getAttribute("data-seconds")) || 12;
  var now = 0;
  var timer = 0;
  var touch = null;

  function words() {
    var work = slides[now].getAttribute("data-work");
    if (work) return work + " / " + works;
    return now ? "完" : "开始";
  }

  function show(to) {
    now = Math.max(0, Math.min(slides.length - 1, to));
    slides.forEach(function (slide, at) {
      slide.hidden = at !== now;
    });
    tour.scrollTop = 0;
    slides[now].scrollTop = 0;
    // the picture of the next slide is fetched while this one is read
    var next = slides[now + 1] && slides[now + 1].querySelector("img");
    if (next) next.loading = "eager";
    back.disabled = now === 0;
    forth.disabled = now === slides.length - 1;
    place.textContent = words();
    try {
      history.replaceState(null, "", now ? "#" + now : location.pathname + location.search);
    } catch (error) {
      // a page opened from a disk may not be allowed to: it starts from the beginning next time
    }
    if (now === slides.length - 1) stop();
  }

  function stop() {
    window.clearInterval(timer);
    timer = 0;
    play.setAttribute("aria-pressed", "false");
    play.textContent = "自动翻看";
  }

  function start() {
    if (still.matches) return;
    if (now === slides.length - 1) show(0);
    timer = window.setInterval(function () {
      show(now + 1);
    }, seconds * 1000);
    play.setAttribute("aria-pressed", "true");
    play.textContent = "停下";
  }

  function toggle() {
    if (timer) stop();
    else start();
  }

  function turn(by) {
    stop();
    show(now + by);
  }

  function yielding() {
    play.hidden = still.matches;
    if (still.matches) stop();
  }

  back.addEventListener("click", function () {
    turn(-1);
  });
  forth.addEventListener("click", function () {
    turn(1);
  });
  play.addEventListener("click", toggle);

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var own = /^(A|BUTTON|SUMMARY)$/.test(event.target.tagName);
    if (event.key === "ArrowLeft" || event.key === "PageUp") turn(-1);
    else if (event.key === "ArrowRight" || event.key === "PageDown") turn(1);
    else if (event.key === "Home") turn(-slides.length);
    else if (event.key === "End") turn(slides.length);
    else if (event.key === "Escape") {
      location.href = exit.href;
      return;
    } else if (event.key === " " && !own) {
      if (still.matches) turn(1);
      else toggle();
    } else return;
    event.preventDefault();
  });

  // the left edge belongs to the messenger's own way back
  tour.addEventListener(
    "touchstart",
    function (event) {
      var first = event.touches[0];
      if (!event.target.closest("[data-bar]")) stop();
      touch = event.touches.length === 1 && first.clientX > 24 ? { x: first.clientX, y: first.clientY } : null;
    },
    { passive: true }
  );
  tour.addEventListener(
    "touchend",
    function (event) {
      if (!touch) return;
      var last = event.changedTouches[0];
      var x = last.clientX - touch.x;
      var y = last.clientY - touch.y;
      touch = null;
      if (Math.abs(x) > 50 && Math.abs(x) > 1.5 * Math.abs(y)) turn(x < 0 ? 1 : -1);
    },
    { passive: true }
  );

  window.addEventListener("hashchange", function () {
    turn((Number(location.hash.slice(1)) || 0) - now);
  });
  if (still.addEventListener) still.addEventListener("change", yielding);

  root.classList.add("touring");
  root.setAttribute("data-touring", "");
  bar.hidden = false;
  tour.querySelector("[data-hint]").hidden = false;
  yielding();
  show(Number(location.hash.slice(1)) || 0);
})();
