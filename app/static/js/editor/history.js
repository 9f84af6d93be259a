// Undo and redo: the states a boundary went through, with what led to each. Pure; `store.js` keeps it across a reload.
export const MOST_STEPS = 300

export class History {
  // steps: [{ boundary, what }], the first being where it began; at: which one is now.
  constructor (steps = [], at = 0, first = 0) {
    this.steps = steps
    this.at = at
    // The number of the first step, which grows when the oldest are let go.
    this.first = first
  }

  get now () { return this.steps[this.at] }
  get number () { return this.first + this.at }
  get mayUndo () { return this.at > 0 }
  get mayRedo () { return this.at < this.steps.length - 1 }

  // A new state; what was undone before it is forgotten.
  push (boundary, what, start) {
    this.steps = [...this.steps.slice(0, this.at + 1), { boundary, what, start }]
    const over = Math.max(0, this.steps.length - MOST_STEPS - 1)
    this.steps = this.steps.slice(over)
    this.first += over
    this.at = this.steps.length - 1
    return this.now
  }

  // Both return what was taken back or done again, in words; null where there is nothing.
  undo () {
    if (!this.mayUndo) return null
    const { what } = this.now
    this.at -= 1
    return what
  }

  redo () {
    if (!this.mayRedo) return null
    this.at += 1
    return this.now.what
  }
}
