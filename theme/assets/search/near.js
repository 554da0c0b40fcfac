// A word that is nowhere to those that are: it sounds the same, one character is wrong, missing, doubled or swapped, or a part of it is there.
(root => {
  "use strict";
  var T = root.exhibitionTokens, engine = root.exhibitionEngine, NAME = 4, READ = 16, OFFERED = 3, LONGEST = 12, WAYS = 6, LEVEL = 3755;

  // character → its sounds; those of the first level of GB 2312 stand there in the order of their sounds
  function soundsOf(table) {
    var sounds = new Map(), halves = table.split(";"), common = T.common().slice(0, LEVEL), at = 0;
    function add(one, sound) { sounds.set(one, (sounds.get(one) || []).concat(sound)); }
    halves[0].split(" ").forEach(run => {
      var parts = /^(\D+)(\d+)$/.exec(run);
      for (var end = at + +parts[2]; at < end; at++) add(common[at], parts[1]);
    });
    halves[1].split(" ").forEach(group => {
      var parts = group.split(":");
      Array.from(parts[1]).forEach(one => { add(one, parts[0]); });
    });
    return sounds;
  }
  // the sound that stands first is the usual one of a character
  function usual(a, b, sounds) { return a === b || (sounds.get(a) || [a])[0] === (sounds.get(b) || [b])[0]; }
  function alike(a, b, sounds) {
    return a === b || (sounds.get(a) || []).some(sound => (sounds.get(b) || []).indexOf(sound) >= 0);
  }

  // edits between two short words; neighbours swapped are one edit
  function apart(a, b) {
    var rows = [b.map((_, at) => at).concat(b.length)];
    a.forEach((one, line) => {
      var above = rows[line], row = [line + 1];
      b.forEach((other, at) => {
        var best = Math.min(row[at] + 1, above[at + 1] + 1, above[at] + (one === other ? 0 : 1));
        if (line && at && one === b[at - 1] && a[line - 1] === other) best = Math.min(best, rows[line - 1][at - 1] + 1);
        row.push(best);
      });
      rows.push(row);
    });
    return rows[a.length][b.length];
  }

  // the ids with the highest marks
  function best(marks) {
    return Array.from(engine.ids()).filter(id => marks[id])
      .sort((a, b) => marks[b] - marks[a] || a - b).slice(0, READ);
  }

  // a few characters have several sounds: so many ways to say the word, and no more, are tried
  function sounding(word, sounds) {
    var ways = word.reduce((found, one) => {
      var longer = [];
      found.forEach(way => { (sounds.get(one) || [""]).forEach(sound => { longer.push(way + sound); }); });
      return longer.slice(0, WAYS);
    }, [""]);
    return Promise.all(ways.map(way => way.length > 2 ? engine.spoken(way).then(best) : [])).then(lists => lists.reduce((all, list) => all.concat(list), []).slice(0, READ));
  }

  function similar(word) {
    // letters and digits lie in long lists and say little beside Chinese characters
    var chinese = word.filter(T.isHan), parts = (chinese.length > 1 ? chinese : word).filter((one, at, all) => all.indexOf(one) === at), least = Math.max(2, parts.length - 1);
    return Promise.all(parts.map(engine.levelsOf)).then(lists => best(lists[0].map((_, id) => {
      var found = lists.filter(levels => levels[id] >= NAME);
      return found.length < least ? 0 : found.length * 8 + Math.min(7, Math.round(found.reduce((sum, levels) => sum + levels[id], 0) / found.length));
    })));
  }

  // how far a piece of a text is from the word: 0 sounds the same, 1 one edit and as long, 2 one edit
  function distance(word, piece, sounds) {
    if (piece.length === word.length && word.every((one, at) => alike(one, piece[at], sounds))) return 0;
    if (word.length === 2 && !(piece.length === 2 && piece[0] === word[1] && piece[1] === word[0])) return 9;
    return apart(word, piece) === 1 ? (piece.length === word.length ? 1 : 2) : 9;
  }

  // a short piece from the midst of a text is seldom a word (湖市 in 芜湖市总工会): it sounds the same as it is usually said (天车 is no
  // 天局, though 车 is ju in chess) and has a character of the word, or it is a whole name; one from which a character is missing begins or ends it
  function stands(word, piece, far, ends) {
    var sound = !far && ends.same && word.some((one, at) => one === piece[at]);
    return word.length > 3 ? far < 2 || ends.from || ends.to : sound || ends.from && ends.to;
  }
  function pieces(word, record, sounds) {
    var found = new Map();
    [record.title].concat(record.by, record.people.split(/[、 ]/), record.names.split("、")).forEach(text => {
      var all = Array.from(T.whole(text));
      for (var size = Math.max(2, word.length - 1); size <= word.length + 1; size++) for (var at = 0; at + size <= all.length; at++) {
        var piece = all.slice(at, at + size), far = distance(word, piece, sounds);
        // of pieces equally far the one that begins and ends like the word
        var ends = { from: !at, to: at + size === all.length, same: !far && word.every((one, nth) => usual(one, piece[nth], sounds)) };
        if (far < 9 && stands(word, piece, far, ends)) found.set(piece.join(""), far * 4 + (piece[0] !== word[0]) + (piece[size - 1] !== word[word.length - 1]));
      }
    });
    return found;
  }

  // the parts, and first of what is left over words that are near
  function mended(word, parts) {
    var rest = [], at = 0;
    parts.concat([[word.length, word.length]]).forEach(part => {
      if (part[0] - at > 1) rest.push(word.slice(at, part[0]).join(""));
      at = part[1];
    });
    return Promise.all(rest.map(one => engine.nearTo({ text: one }))).then(close => {
      var whole = parts.map(part => word.slice(part[0], part[1]).join("")).sort((a, b) => b.length - a.length);
      return close.map(words => words[0]).filter(Boolean).concat(whole).slice(0, OFFERED);
    });
  }

  // a word that editors know is no slip
  function isKnown(word) {
    return engine.load("synonyms").then(groups => groups.some(group => group.some(name => T.whole(name) === word))).catch(() => false);
  }

  // what is nowhere may stand for: of a sentence its parts; of a word what has all of its characters but for a slip; its parts, where they are
  // all of it (then it was written without a blank: first both together); what has fewer
  engine.meantBy = term => engine.asked(term.text).then(parts => parts || slipped(term));
  function slipped(term) {
    var word = Array.from(T.whole(term.text)), doubled = word.some((one, at) => one === word[at + 1]);
    function first(words) { return words.filter((one, at, all) => all.indexOf(one) === at).slice(0, OFFERED + 1); }
    return isKnown(word.join("")).then(known => Promise.all([known ? [] : engine.nearTo(term), engine.partsOf(word)])).then(found => {
      var words = found[1].map(part => word.slice(part[0], part[1]).join("")), both = words.join(" ");
      var close = found[0].filter(one => doubled || Array.from(one).length >= word.length);
      if (words.length > 1 && words.join("") === word.join("")) {
        return engine.candidates(both).then(joint => first(close.concat(joint.ids.length ? both : [], words, found[0])));
      }
      return close.length ? close : mended(word, found[1]).then(parts => first(parts.concat(found[0])));
    });
  }

  // words that are near; of what was `heard` only those that sound the same
  engine.nearTo = term => {
    var word = Array.from(T.whole(term.text)), rated = new Map();
    // three letters are one letter away from chance
    if (word.length < (word.some(T.isHan) ? 2 : 4) || word.length > LONGEST) return Promise.resolve([]);
    return engine.load("sounds").then(soundsOf).then(sounds => Promise.all([sounding(word, sounds), term.heard ? [] : similar(word)]).then(ids => {
      var every = new Set(ids[0].concat(ids[1]));
      return engine.records(every);
    }).then(shown => {
      shown.forEach(record => {
        pieces(word, record, sounds).forEach((far, piece) => {
          if (piece !== word.join("") && !(rated.get(piece) <= far)) rated.set(piece, far);
        });
      });
      var all = Array.from(rated).sort((a, b) => a[1] - b[1]);
      return all.filter(one => one[1] < (term.heard ? 0 : all[0][1]) + 4).slice(0, OFFERED).map(one => one[0]);
    }));
  };
})(window);
