// The search page: its field and the list of everything are one.
(root => {
  "use strict";
  root.exhibitionFind = page => {
    var browse = root.exhibitionBrowse(page.querySelector("[data-browse]"), { input: page.querySelector("form").elements.q, tabs: true });
    return browse.start(false).then(() => {
      if (!location.search && !matchMedia("(pointer: coarse)").matches) browse.input.focus({ preventScroll: true });
    });
  };
})(window);
