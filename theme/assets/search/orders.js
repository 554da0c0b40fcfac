// The orders of a list that its words do not settle: columns by which it is sorted, and its parts in their usual order. Fetched for those alone.
(root => {
  "use strict";
  var C = root.exhibitionColumns, NONE = 0xffffffff;

  // a rank for every entry, NONE where it has none
  function ranks(content, size) {
    var found = new Uint32Array(size).fill(NONE);
    C.read(content, (id, value) => { found[id] = value; });
    return found;
  }

  // all ids by these keys, the first the strongest; what has none stands last
  function sorted(ids, keys) {
    return Uint32Array.from(ids).sort((a, b) => {
      for (var at = 0; at < keys.length; at++) if (keys[at][a] !== keys[at][b]) return keys[at][a] < keys[at][b] ? -1 : 1;
      return a - b;
    });
  }
  // the first own value of a facet as a rank: its values stand in order
  function ranked(column, size) {
    var found = new Uint32Array(size).fill(NONE);
    for (var id = 0; id < size; id++) if (column.start[id] < column.start[id + 1]) found[id] = column.list[column.start[id]];
    return found;
  }

  // `of` is what exhibitionLists knows of a part: engine, once, column, base, sorts, size
  root.exhibitionOrders = of => {
    var once = of.once, column = of.column, size = of.size;
    function order(name) { return once("o/" + name, () => of.engine.load("f/" + name).then(content => ranks(content, size))); }
    // the ids of the part in the order of its static list: kind by kind, each in the order of its own list
    function usual() {
      return once("usual", () => Promise.all([column("kind"), order("order"), of.base()]).then(got => {
        var kinds = ranked(got[0], size), all = [];
        for (var id = 0; id < size; id++) if (got[0].start[id] < got[0].start[id + 1]) all.push(id);
        return C.narrow(sorted(all, [kinds, got[1]]), got[2], []).ids;
      }));
    }
    function sequence(sort) {
      var found = of.sorts.find(one => one.name === sort);
      if (!found || sort === "relevance") return usual();
      return once("s/" + sort, () => {
        var keys = [found.facet ? column(found.facet).then(one => ranked(one, size)) : order(found.order || "title")];
        if (sort === "edition") keys.push(order("rank"));
        return Promise.all([usual()].concat(keys)).then(got => {
          var places = new Uint32Array(size);
          got[0].forEach((id, at) => { places[id] = at; });
          return sorted(got[0], got.slice(1).concat(places));
        });
      });
    }

    // entries of each value in the whole part, whatever is chosen: it settles which values stand where
    function totals(name) {
      return once("t/" + name, () => Promise.all([usual(), column(name)]).then(got => C.narrow(got[0], [], [got[1]]).counts[0]));
    }

    return { usual: usual, sequence: sequence, totals: totals };
  };
})(window);
