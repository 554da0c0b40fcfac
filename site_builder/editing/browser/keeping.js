// What is being typed is kept twice, in this browser and beside the exhibition, so that no crash of either loses a keystroke.
(function (editor) {
  "use strict";
  var NAME = "exhibition.edit.window", store = null;
  try { store = window.localStorage; store.getItem(NAME); } catch (error) { store = null; }

  // one name for a window as long as it lives, also through a reload; a copy of the window gets another
  editor.named = function () {
    var name = "";
    try { name = sessionStorage.getItem(NAME) || ""; } catch (error) { name = ""; }
    function fresh() {
      var parts = crypto.getRandomValues(new Uint32Array(3));
      name = Array.prototype.map.call(parts, function (part) { return part.toString(36); }).join("").padEnd(8, "0").slice(0, 20);
      try { sessionStorage.setItem(NAME, name); } catch (error) { /* then for this page only */ }
    }
    if (!name) fresh();
    return new Promise(function (known) {
      if (!navigator.locks) { editor.window = name; known(); return; }
      function hold(again) {
        navigator.locks.request("exhibition.edit " + name, { ifAvailable: true }, function (lock) {
          if (!lock && again) { fresh(); hold(false); return undefined; }
          editor.window = name;
          known();
          return new Promise(function () { /* held until the window closes */ });
        });
      }
      hold(true);
    });
  };

  function key(path, name) { return "exhibition.edit " + editor.about.home + " " + path + " " + name; }

  editor.keepHere = function (path, draft) {
    try {
      if (draft) store.setItem(key(path, editor.window), JSON.stringify(draft));
      else store.removeItem(key(path, editor.window));
      return true;
    } catch (error) {
      return false;
    }
  };
  editor.keepThere = function (path, draft) {
    return editor.post("draft", { path: path, window: editor.window, draft: draft });
  };
  editor.forget = function (path, name) {
    try { store.removeItem(key(path, name)); } catch (error) { /* nothing was kept */ }
    return editor.post("draft", { path: path, window: name, draft: null });
  };

  // all drafts of an entry: those kept beside the exhibition and those of this browser, of each window the newer one
  editor.draftsOf = function (path, there) {
    var found = {}, start = key(path, ""), at, draft;
    there.forEach(function (one) { found[one.window] = one; });
    for (at = 0; store && at < store.length; at += 1) {
      if (store.key(at).indexOf(start) === 0) {
        try { draft = JSON.parse(store.getItem(store.key(at))); } catch (error) { draft = null; }
        if (draft && (!found[draft.window] || found[draft.window].time < draft.time)) found[draft.window] = draft;
      }
    }
    return Object.keys(found).map(function (name) { return found[name]; }).sort(function (a, b) { return b.time - a.time; });
  };
})(window.editor);
