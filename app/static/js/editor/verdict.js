// The verdict while the line moves: asked a moment after the last change, and an answer that came too late is dropped.
import { ask } from './asking.js'
import { toGeoJSON } from './model.js'

const DELAY_MS = 120

// What is asked of a line that is to be applied for.
const ofDraft = (applicant) => (shape) => ({ address: '/api/v1/drafts/verdict', body: { boundary: shape, ...(applicant ? { applicant } : {}) } })

export class Verdict {
  constructor ({ applicant, question = ofDraft(applicant), tell, fail, delay = DELAY_MS, fetcher = ask }) {
    Object.assign(this, { question, tell, fail, delay, fetcher })
    this.turn = 0
  }

  about (boundary) {
    const turn = ++this.turn
    clearTimeout(this.waiting)
    this.under?.abort()
    if (!boundary.length) {
      this.tell(null)
      return
    }
    this.waiting = setTimeout(() => this.ask(boundary, turn), this.delay)
  }

  async ask (boundary, turn) {
    this.under = new AbortController()
    const { address, ...asked } = this.question(toGeoJSON(boundary))
    try {
      const answer = await this.fetcher(address, { method: 'POST', ...asked, signal: this.under.signal })
      if (turn === this.turn) this.tell(answer)
    } catch (error) {
      if (turn === this.turn && error.name !== 'AbortError') this.fail(error)
    }
  }
}
