// Which pieces of an area that was split stay.
import { byId, element, say } from './panel.js'

export class Pieces {
  constructor (editor, canvas) {
    Object.assign(this, { editor, canvas, pieces: [] })
    this.pane = byId('split-pane')
    this.box = byId('pieces')
  }

  get ticked () { return this.pieces.filter((_, index) => this.box.querySelector(`[value="${index}"]`).checked).flat() }

  ask (pieces) {
    this.pieces = pieces
    this.pane.hidden = false
    this.box.replaceChildren(...pieces.map((piece, index) => {
      const tick = element('input', { type: 'checkbox', value: index })
      tick.checked = index === 0
      tick.addEventListener('change', () => this.preview())
      return element('label', { className: 'fm-check' }, tick, ` Piece ${index + 1}, ${hectares(piece).toFixed(1)} hectares`)
    }))
    this.preview()
    this.box.querySelector('input').focus()
    say(`Split into ${pieces.length} pieces. Choose which stay.`)
  }

  preview () { this.canvas.showTheirs(this.ticked) }

  keep () {
    const kept = this.ticked
    if (!kept.length) { say('Tick at least one piece to keep.'); return }
    this.leave()
    this.editor.change(kept, 'Area split')
  }

  leave () {
    this.pane.hidden = true
    this.canvas.showTheirs(null)
  }
}

// The size of a piece inside its outer line, to tell pieces apart; the service alone measures areas.
function hectares (piece) {
  const [[ring]] = piece
  const twice = ring.reduce((sum, [e, n], at) => { const [f, m] = ring[(at + 1) % ring.length]; return sum + (e * m - f * n) }, 0)
  return Math.abs(twice) / 20000
}
