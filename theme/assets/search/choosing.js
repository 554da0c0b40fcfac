// What people do with facets: a value chosen, all taken back; on phones the sheet that holds them, one step of the history.
(root => {
  "use strict";
  var S = root.exhibitionState, WIDE = "(min-width: 60rem)";

  // `place` is the list (browse.js); the panel goes out
  root.exhibitionChoosing = place => {
    var opened = "", panel = root.exhibitionFacets(Object.assign({}, place, {
      choose: function (name, code, on, label) {
        var column = place.columnOf(name), patch = { facets: {} };
        var values = (place.state().facets[name] || []).filter(value => value !== code && !(column && column.index(value) === column.index(code)));
        patch.facets[name] = on ? values.concat(code) : values;
        commit(patch, settling(), label, () => { if (!panel.isSheet() && place.above()) place.back(); });
      },
      years: function (range, label) { commit({ years: range[0] || range[1] ? range : null }, settling(), label); },
      reset: function () { commit({ facets: place.none(place.state()), years: null }, "replace"); },
      closed: close
    }));

    // the first choice is a step that Back undoes; those after it are one with it
    function settling() { return S.idle(place.state()) && !panel.isSheet() ? "push" : "replace"; }
    function commit(patch, how, label, then) { place.commit(S.patched(place.state(), patch), how, then, label); }
    function close() {
      if (!panel.isSheet()) return;
      if (S.query(place.state()) === opened) return history.back();
      place.write("replace");
      panel.hide();
      place.back(true);
    }
    // opens it, at one of the facets if there is a name; `from` has the focus again when the sheet is shut
    panel.turn = (from, name) => {
      if (place.facets().length) panel.arrange(place.facets(), place.state());
      if (!matchMedia(WIDE).matches) {
        place.keep();
        opened = S.query(place.state());
        place.write("push", { sheet: true });
      }
      panel.open(from, name);
      return place.again();
    };
    return panel;
  };
})(window);
