// Where an index is of several exhibitions: which of them each entry is of, as a column made from the first blocks of the members.
(root => {
  "use strict";
  var engine = root.exhibitionEngine;

  root.exhibitionMembers = found => {
    var members = found.members, MOST = engine.MOST, width = members.length > MOST ? 2 : 1, nth = -1;
    function sign(value) { return String.fromCharCode(0x28 + value + (value >= 0x34 ? 1 : 0)); }
    var column = found.counts.split("!").map((counts, block) => {
      while (nth + 1 < members.length && members[nth + 1][0] <= block) nth++;
      for (var at = 0, size = 0; at < counts.length; at++) if (counts[at] !== " ") size += engine.symbol(counts.charCodeAt(at)) + 1;
      return ((width > 1 ? sign(Math.floor(nth / MOST)) : "") + sign(nth % MOST)).repeat(size);
    });
    return { own: true, width: width, column: column.join("!"), labels: members.map(one => one[1]), codes: members.map(one => one[3]) };
  };
})(window);
