// Columns of the index: decoded into typed arrays, narrowed and counted in one pass. Format: docs/browse.md. Nothing here touches the page.
(root => {
  "use strict";
  var MOST = 86, DEEPEST = 9;

  function symbol(code) { return code - 0x28 - (code > 0x5c ? 1 : 0); }

  // calls each(id, value, nth) for every value of every entry, ids ascending
  function read(content, each) {
    var text = content.column, width = content.width, block = 0, place = 0, nth = 0, at = 0, code;
    while (at < text.length) {
      code = text.charCodeAt(at);
      if (code === 0x21) { block++; place = nth = 0; at++; }
      else if (code === 0x20) { place++; nth = 0; at++; }
      else if (code === 0x23) { place += symbol(text.charCodeAt(at + 1)) + 1; nth = 0; at += 2; }
      else {
        if (code === 0x27) { at++; place--; nth++; } else nth = 0;
        for (var value = 0, end = at + width; at < end; at++) value = value * MOST + symbol(text.charCodeAt(at));
        each(block * MOST + place, value, nth);
        place++;
      }
    }
  }

  // each value with all that stand above it
  function lines(parents, count) {
    var found = [];
    for (var value = 0; value < count; value++) {
      var line = [value], above = parents ? parents[value] : -1;
      while (above >= 0 && line.indexOf(above) < 0 && line.length < DEEPEST) { line.push(above); above = parents[above]; }
      found.push(line);
    }
    return found;
  }

  // a facet: start[id] … start[id + 1] are the places of an entry's values in `list`, its own first (own[id] of them), then their parents
  function facet(name, label, content, size) {
    var labels = content.labels, codes = content.codes || null, parents = content.parents || null;
    var start = new Uint32Array(size + 1), own = new Uint8Array(size), list = [], above = lines(parents, labels.length);
    var last = -1, pending = [];
    function close(until) {
      pending.forEach(value => { if (list.indexOf(value, start[last]) < 0) list.push(value); });
      pending = [];
      for (var id = last + 1; id <= until; id++) start[id] = list.length;
      last = until;
    }
    read(content, (id, value) => {
      if (id !== last) close(id);
      list.push(value);
      own[id]++;
      if (parents) for (var at = 1; at < above[value].length; at++) pending.push(above[value][at]);
    });
    close(size);
    list = labels.length > 0xffff ? Uint32Array.from(list) : Uint16Array.from(list);
    var indexes = new Map();
    labels.forEach((one, at) => { if (!indexes.has(one)) indexes.set(one, at); });
    if (codes) codes.forEach((code, at) => { indexes.set(code, at); });
    return {
      name: name, label: label, labels: labels, codes: codes, parents: parents, order: content.own ? "own" : "count", start: start, list: list,
      of: function (id) { return Array.from(list.subarray(start[id], start[id] + own[id])); },
      all: function (id) { return Array.from(list.subarray(start[id], start[id + 1])); },
      code: function (at) { return codes ? codes[at] : labels[at]; },
      // -1 for words that name no value
      index: function (word) { return indexes.has(word) ? indexes.get(word) : -1; }
    };
  }

  // which values of a facet are wanted
  function chosen(column, words) {
    var found = new Uint8Array(column.labels.length);
    words.forEach(word => {
      var at = column.index(word);
      if (at >= 0) found[at] = 1;
    });
    return found;
  }
  function between(column, range) {
    return Uint8Array.from(column.labels, year => (range[0] === null || +year >= range[0]) && (range[1] === null || +year <= range[1]) ? 1 : 0);
  }
  function meets(column, wanted, id) {
    for (var at = column.start[id], end = column.start[id + 1]; at < end; at++) if (wanted[column.list[at]]) return true;
    return false;
  }

  // ids of the sequence that meet all conditions, in its order; for every counted column the entries of each value that meet all
  // conditions but those of its own facet; and for every condition how many there would be without it
  function narrow(sequence, conditions, counted) {
    var found = new Uint32Array(sequence.length), size = 0, without = conditions.map(() => 0);
    var counts = counted.map(column => new Uint32Array(column.labels.length));
    var mine = counted.map(column => conditions.findIndex(condition => condition.column.name === column.name));
    for (var place = 0; place < sequence.length; place++) {
      var id = sequence[place], fails = 0, which = -1;
      for (var at = 0; at < conditions.length && fails < 2; at++) {
        if (!meets(conditions[at].column, conditions[at].wanted, id)) { fails++; which = at; }
      }
      if (fails > 1) continue;
      if (fails) without[which]++;
      else found[size++] = id;
      for (var one = 0; one < counted.length; one++) {
        if (fails && mine[one] !== which) continue;
        var column = counted[one], into = counts[one];
        for (var value = column.start[id], end = column.start[id + 1]; value < end; value++) into[column.list[value]]++;
      }
    }
    return { ids: found.slice(0, size), counts: counts, without: without.map(more => more + size) };
  }

  root.exhibitionColumns = {
    MOST: MOST, read: read, facet: facet, chosen: chosen, between: between, narrow: narrow
  };
})(window);
