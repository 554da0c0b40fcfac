// The search page: its field and the list of everything are one.
(function () {
  "use strict";
  var page = document.querySelector("[data-search]");
  var browse = window.exhibitionBrowse(page.querySelector("[data-browse]"), { input: page.querySelector("form").elements.q, tabs: true });
  browse.start(false).then(function () {
    if (!location.search && !matchMedia("(pointer: coarse)").matches) browse.input.focus({ preventScroll: true });
  });
})();
