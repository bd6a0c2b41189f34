package recode

// feedPair reads the two bytes of one damaged character.
func (s *search) feedPair(next int, st state, lead, trail byte) {
	s.complete(st, lead, func(done state) {
		if trail >= 0x81 && trail <= lastLeadByte {
			done.pending = int(trail)
			s.beams[next] = append(s.beams[next], done)
		} else if trail < 0x80 {
			s.finish(next, s.put(done, rune(trail)))
		}
	})
}

// feedByte reads an ASCII character as the second byte that it is.
func (s *search) feedByte(next int, st state, b byte) {
	s.complete(st, b, func(done state) { s.finish(next, done) })
}

// complete calls then for the characters that end with byte b.
func (s *search) complete(st state, b byte, then func(state)) {
	if st.pending >= 0 {
		if r := s.m.char(byte(st.pending), b); r > 0 {
			then(s.put(st, r))
		}
		return
	}
	s.guess(st, 0x81, lastLeadByte, func(lead byte) (rune, float64) {
		bonus := 0.0
		if lead == 0xA1 {
			bonus = leadA1Bonus
			if st.lone && st.tail == beforeFirst {
				bonus -= loneCost
			}
		}
		return s.m.char(lead, b), bonus
	}, then)
}

// guess calls then for the likeliest characters that a lost byte between lo
// and hi may have made.
func (s *search) guess(st state, lo, hi byte, char func(byte) (rune, float64), then func(state)) {
	type option struct {
		r    rune
		cost float64
	}
	var best [guesses + 1]option
	n := 0
	for b := lo; b <= hi; b++ {
		r, bonus := char(b)
		if r == 0 {
			continue
		}
		at := n
		o := option{r, s.charCost(st, r) - bonus}
		for at > 0 && best[at-1].cost > o.cost {
			best[at] = best[at-1]
			at--
		}
		best[at] = o
		n = min(n+1, guesses)
	}
	for _, o := range best[:n] {
		next := s.put(st, o.r)
		next.cost = st.cost + o.cost
		then(next)
	}
}

// lostTrail reads a question mark inside the damage: the second byte of a
// character is lost. What follows may say more: a gloss, a tag.
func (s *search) lostTrail(i int, st state) {
	if st.pending < 0 {
		return
	}
	swallowed := !st.quoted && s.cells[i+1].r == '”' // a closing mark that nothing opens
	trail := func(b byte) (rune, float64) {
		r := s.m.char(byte(st.pending), b)
		if swallowed && r != '“' {
			return 0, 0
		}
		return r, 0
	}
	if word, end := glossTail(s.cells, i+1); end > 0 && s.reads != nil {
		s.guess(st, 0x40, lastLeadByte, func(b byte) (rune, float64) {
			if r, _ := trail(b); r > 0 && s.reads(r, word) {
				return r, 0
			}
			return 0, 0
		}, func(done state) { s.finish(end, done) })
	}
	lost := st
	lost.losses++
	lost.cost += lossCost
	name, tagEnd := tagTail(s.cells, i+1)
	s.guess(lost, 0x40, lastLeadByte, trail, func(done state) {
		if tagEnd > 0 {
			done.tag = name
			s.finish(tagEnd, done)
		} else if swallowed {
			s.finish(i+1, s.put(done, '?')) // something stood there
		} else {
			s.finish(i+1, done)
		}
	})
}

// gap reads two bytes before cell i that vanished: a user-defined pair.
func (s *search) gap(i int, st state) {
	st.losses++
	st.cost += gapCost
	s.guess(st, 0xAA, lastLeadByte, func(b byte) (rune, float64) {
		if b > 0xAF && b < 0xF8 {
			return 0, 0
		}
		return s.m.char(byte(st.pending), b), 0
	}, func(done state) {
		done.pending = unknownByte
		s.step(i, done)
	})
}
