// The verdict while the line moves: asked a moment after the last change, and an answer that came too late is dropped.
import { ask } from './asking.js'
import { toGeoJSON } from './model.js'

const DELAY_MS = 120

export class Verdict {
  constructor ({ applicant, tell, fail, delay = DELAY_MS, fetcher = ask }) {
    Object.assign(this, { applicant, tell, fail, delay, fetcher })
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
    const body = { boundary: toGeoJSON(boundary), ...(this.applicant ? { applicant: this.applicant } : {}) }
    try {
      const answer = await this.fetcher('/api/v1/drafts/verdict', { method: 'POST', body, signal: this.under.signal })
      if (turn === this.turn) this.tell(answer)
    } catch (error) {
      if (turn === this.turn && error.name !== 'AbortError') this.fail(error)
    }
  }
}
