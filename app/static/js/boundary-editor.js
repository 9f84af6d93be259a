// Drawing a boundary that is to be applied for: the verdict beside it, and versions that are kept.
import { assemble, fail } from './editor/assembly.js'
import { openBoundary } from './editor/opening.js'
import { byId, showVerdict } from './editor/panel.js'
import { Saving } from './editor/saving.js'

function nameField () {
  return byId('draft-name')?.value.trim() || byId('draft-name')?.dataset.suggested || 'A boundary'
}

function suggest (name) {
  const field = byId('draft-name')
  if (!field) return
  field.dataset.suggested = name
  if (!field.value) field.value = name
}

// What this browser kept under no name goes on under the draft's own reference.
async function becomeDraft (editor, draft) {
  await editor.becomes(draft.reference)
  editor.set({ basedOn: 1 })
  window.history.replaceState(null, '', `/apply/${draft.reference}/draw`)
  byId('editor').querySelector('.fm-editor__title').textContent = draft.name
  byId('draft-name')?.closest('.fm-editor__name').remove()
}

assemble({
  tell: (answer, canvas) => { showVerdict(answer); canvas.showOverlaps(answer?.overlaps ?? []) },
  suggest,
  keeper: ({ editor, canvas, facts }) => new Saving(editor, {
    reference: facts.draft, token: facts.formToken, mayKeep: facts.mayKeep === 'yes', name: nameField, canvas, fail, kept: (draft) => becomeDraft(editor, draft)
  }),
  open: openBoundary
})
