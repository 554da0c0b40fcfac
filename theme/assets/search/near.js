// A word that is nowhere to those that are: it sounds the same, one character is wrong, missing, doubled or swapped, or a part of it is there.
(function (root) {
  "use strict";
  var T = root.exhibitionTokens, engine = root.exhibitionEngine, NAME = 4, READ = 16, OFFERED = 3, LONGEST = 12, WAYS = 6, LEVEL = 3755;

  // character → its sounds; those of the first level of GB 2312 stand there in the order of their sounds
  function soundsOf(table) {
    var sounds = new Map(), halves = table.split(";"), common = T.common().slice(0, LEVEL), at = 0;
    function add(one, sound) { sounds.set(one, (sounds.get(one) || []).concat(sound)); }
    halves[0].split(" ").forEach(function (run) {
      var parts = /^(\D+)(\d+)$/.exec(run);
      for (var end = at + +parts[2]; at < end; at++) add(common[at], parts[1]);
    });
    halves[1].split(" ").forEach(function (group) {
      var parts = group.split(":");
      Array.from(parts[1]).forEach(function (one) { add(one, parts[0]); });
    });
    return sounds;
  }
  function alike(a, b, sounds) {
    return a === b || (sounds.get(a) || []).some(function (sound) { return (sounds.get(b) || []).indexOf(sound) >= 0; });
  }

  // edits between two short words; neighbours swapped are one edit
  function apart(a, b) {
    var rows = [b.map(function (_, at) { return at; }).concat(b.length)];
    a.forEach(function (one, line) {
      var above = rows[line], row = [line + 1];
      b.forEach(function (other, at) {
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
    return Array.from(engine.ids()).filter(function (id) { return marks[id]; })
      .sort(function (a, b) { return marks[b] - marks[a] || a - b; }).slice(0, READ);
  }

  // a few characters have several sounds: so many ways to say the word, and no more, are tried
  function sounding(word, sounds) {
    var ways = word.reduce(function (found, one) {
      var longer = [];
      found.forEach(function (way) { (sounds.get(one) || [""]).forEach(function (sound) { longer.push(way + sound); }); });
      return longer.slice(0, WAYS);
    }, [""]);
    return Promise.all(ways.map(function (way) { return way.length > 2 ? engine.spoken(way).then(best) : []; })).then(function (lists) {
      return lists.reduce(function (all, list) { return all.concat(list); }, []).slice(0, READ);
    });
  }

  function similar(word) {
    // letters and digits lie in long lists and say little beside Chinese characters
    var chinese = word.filter(T.isHan), parts = (chinese.length > 1 ? chinese : word).filter(function (one, at, all) { return all.indexOf(one) === at; }), least = Math.max(2, parts.length - 1);
    return Promise.all(parts.map(engine.levelsOf)).then(function (lists) {
      return best(lists[0].map(function (_, id) {
        var found = lists.filter(function (levels) { return levels[id] >= NAME; });
        return found.length < least ? 0 : found.length * 8 + Math.min(7, Math.round(found.reduce(function (sum, levels) { return sum + levels[id]; }, 0) / found.length));
      }));
    });
  }

  // how far a piece of a text is from the word: 0 sounds the same, 1 one edit and as long, 2 one edit
  function distance(word, piece, sounds) {
    if (piece.length === word.length && word.every(function (one, at) { return alike(one, piece[at], sounds); })) return 0;
    if (word.length === 2 && !(piece.length === 2 && piece[0] === word[1] && piece[1] === word[0])) return 9;
    return apart(word, piece) === 1 ? (piece.length === word.length ? 1 : 2) : 9;
  }

  function pieces(word, record, sounds) {
    var found = new Map();
    [record.title].concat(record.by, record.people.split(/[、 ]/), record.names.split("、")).forEach(function (text) {
      var all = Array.from(T.whole(text));
      for (var size = Math.max(2, word.length - 1); size <= word.length + 1; size++) for (var at = 0; at + size <= all.length; at++) {
        var piece = all.slice(at, at + size), far = distance(word, piece, sounds);
        // of pieces equally far the one that begins and ends like the word
        if (far < 9) found.set(piece.join(""), far * 4 + (piece[0] !== word[0]) + (piece[size - 1] !== word[word.length - 1]));
      }
    });
    return found;
  }

  function size(levels) { return levels.reduce(function (sum, level) { return sum + (level ? 1 : 0); }, 0); }
  // what of a word there is: pairs that occur, the most frequent first, those side by side joined where they occur so; of what is
  // left over, words that are near
  engine.partsOf = function (term) {
    var word = Array.from(T.whole(term.text)), taken = [], parts = [];
    if (word.length < 3 || word.length > LONGEST || !word.every(T.isHan)) return Promise.resolve([]);
    function text(from, to) { return word.slice(from, to).join(""); }
    return Promise.all(word.slice(1).map(function (_, at) { return engine.levelsOf(text(at, at + 2)).then(size); })).then(function (counts) {
      counts.map(function (count, at) { return [count, at]; }).filter(function (one) { return one[0]; }).sort(function (a, b) { return b[0] - a[0]; }).forEach(function (one) {
        if (taken[one[1]] || taken[one[1] + 1]) return;
        taken[one[1]] = taken[one[1] + 1] = true;
        parts.push([one[1], one[1] + 2]);
      });
      parts.sort(function (a, b) { return a[0] - b[0]; });
      // neighbours that stand so in the exhibition are one part
      return parts.reduce(function (before, part) {
        return before.then(function (done) {
          var last = done[done.length - 1];
          if (!last || last[1] !== part[0]) return done.concat([part]);
          return engine.search("“" + text(last[0], part[1]) + "”").then(function (found) {
            return found.sure && found.ids.length ? done.slice(0, -1).concat([[last[0], part[1]]]) : done.concat([part]);
          });
        });
      }, Promise.resolve([]));
    }).then(function (joined) {
      var rest = [], at = 0;
      joined.concat([[word.length, word.length]]).forEach(function (part) {
        if (part[0] - at > 1) rest.push(text(at, part[0]));
        at = part[1];
      });
      return Promise.all(rest.map(function (one) { return engine.nearTo({ text: one }); })).then(function (close) {
        var whole = joined.map(function (part) { return text(part[0], part[1]); }).sort(function (a, b) { return b.length - a.length; });
        return close.map(function (words) { return words[0]; }).filter(Boolean).concat(whole).slice(0, OFFERED);
      });
    });
  };

  engine.nearTo = function (term) {
    var word = Array.from(T.whole(term.text)), rated = new Map();
    if (word.length < 2 || word.length > LONGEST) return Promise.resolve([]);
    return engine.load("sounds").then(soundsOf).then(function (sounds) {
      return Promise.all([sounding(word, sounds), similar(word)]).then(function (ids) {
        var every = new Set(ids[0].concat(ids[1]));
        return engine.records(every);
      }).then(function (shown) {
        shown.forEach(function (record) {
          pieces(word, record, sounds).forEach(function (far, piece) {
            if (piece !== word.join("") && !(rated.get(piece) <= far)) rated.set(piece, far);
          });
        });
        var all = Array.from(rated).sort(function (a, b) { return a[1] - b[1]; });
        return all.filter(function (one) { return one[1] < all[0][1] + 4; }).slice(0, OFFERED).map(function (one) { return one[0]; });
      });
    });
  };
})(window);
