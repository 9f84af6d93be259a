// The one boundary being edited: what it is now, which point is chosen, and every step that led here.
import { EMPTY, isEqual, pointAt, ringsOf } from './model.js'
import { History } from './history.js'

const DRAWN = { kind: 'drawn', facts: {} }

export class Editor extends EventTarget {
  constructor (store) {
    super()
    this.store = store
    this.history = new History([{ boundary: EMPTY, what: 'Nothing drawn', start: DRAWN }])
    this.chosen = null
    this.facts = { basedOn: null, unsaved: false, waiting: false }
  }

  get boundary () { return this.history.now.boundary }
  get start () { return this.history.now.start ?? DRAWN }
  // Whether the boundary is still, point for point, what its official parts came to.
  get isWhole () { return this.whole !== undefined && isEqual(this.whole, this.boundary) }
  get isUnsaved () { return this.facts.unsaved }

  // What was kept in this browser under a key comes back, if anything was.
  async open (key) {
    this.key = key
    const kept = await this.store?.load(key)
    if (kept) {
      this.history = kept.history
      this.facts = { ...this.facts, ...kept.facts }
    }
    this.tell('change')
    return Boolean(kept)
  }

  // A first state that nobody can undo: a version as it was saved.
  begin (boundary, start, facts) {
    this.history = new History([{ boundary, what: 'As it was saved', start }])
    this.facts = { ...this.facts, ...facts, unsaved: false }
    this.chosen = null
    this.keep()
    this.tell('change')
  }

  // The same work, kept on under another key.
  async becomes (key) {
    await this.kept
    await this.store?.move(this.key, key)
    this.key = key
  }

  // What begins with nothing is one's own; what somebody changes goes on from where it began.
  change (boundary, what, { start = this.boundary.length ? this.start : DRAWN, chosen = null } = {}) {
    if (isEqual(boundary, this.boundary)) return
    this.history.push(boundary, what, start)
    this.facts.unsaved = true
    this.chosen = chosen && pointAt(boundary, chosen) ? chosen : null
    this.keep()
    this.tell('change', what)
  }

  undo () { this.step(this.history.undo(), 'Taken back') }
  redo () { this.step(this.history.redo(), 'Done again') }

  step (what, words) {
    if (what === null) {
      this.tell('say', words === 'Taken back' ? 'There is nothing to take back.' : 'There is nothing to do again.')
      return
    }
    this.chosen = null
    this.facts.unsaved = true
    this.pin()
    this.tell('change', `${words}: ${what}`)
  }

  choose (at) {
    this.chosen = at && pointAt(this.boundary, at) ? at : null
    this.tell('choose')
  }

  // The next point round the same line, or the first one of all.
  chooseNext (by) {
    const rings = ringsOf(this.boundary)
    if (!rings.length) return
    if (!this.chosen) { this.choose({ ...rings[0].at, index: 0 }); return }
    const size = this.boundary[this.chosen.part][this.chosen.ring].length
    const index = this.chosen.index + by
    if (index >= 0 && index < size) { this.choose({ ...this.chosen, index }); return }
    const here = rings.findIndex(({ at }) => at.part === this.chosen.part && at.ring === this.chosen.ring)
    const next = rings[(here + by + rings.length) % rings.length]
    this.choose({ ...next.at, index: by > 0 ? 0 : next.ring.length - 1 })
  }

  set (facts) {
    this.facts = { ...this.facts, ...facts }
    this.pin()
    this.tell('facts')
  }

  keep () { this.kept = this.store?.keep(this.key, this.history, this.facts).catch(() => this.tell('say', UNKEPT)) }
  pin () { this.kept = this.store?.point(this.key, this.history, this.facts).catch(() => this.tell('say', UNKEPT)) }

  tell (kind, detail) { this.dispatchEvent(new CustomEvent(kind, { detail })) }
}

const UNKEPT = 'This browser keeps nothing for us (private window, or full): save a version before you leave.'
