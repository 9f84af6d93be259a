import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Verdict } from '../../app/static/js/editor/verdict.js'

const line = (size) => [[[[0, 0], [size, 0], [0, size]]]]
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

function asked (answer) {
  const [told, sent, failed] = [[], [], []]
  const verdict = new Verdict({
    applicant: 'forum',
    tell: (each) => told.push(each),
    fail: (error) => failed.push(error.message),
    delay: 5,
    fetcher: async (address, { body }) => { sent.push(body); return answer(body) }
  })
  return { verdict, told, sent, failed }
}

test('many changes in a moment are one question, about the last', async () => {
  const { verdict, told, sent } = asked(async () => 'fine')
  for (let size = 1; size < 20; size++) verdict.about(line(size))
  await pause(30)
  assert.deepEqual(told, ['fine'])
  assert.equal(sent.length, 1)
  assert.equal(sent[0].boundary.coordinates[0][0][1][0], 19)
  assert.equal(sent[0].applicant, 'forum')
})

test('an answer that comes after a newer question is dropped', async () => {
  const waits = [40, 5]
  const { verdict, told } = asked(async (body) => { await pause(waits.shift()); return body.boundary.coordinates[0][0][1][0] })
  verdict.about(line(1))
  await pause(12)
  verdict.about(line(2))
  await pause(70)
  assert.deepEqual(told, [2])
})

test('nothing drawn is told at once and asks nothing', () => {
  const { verdict, told, sent } = asked(async () => 'fine')
  verdict.about([])
  assert.deepEqual([told, sent], [[null], []])
})

test('a refusal is told, and a late one is not', async () => {
  const { verdict, failed } = asked(async () => { throw new Error('No connection.') })
  verdict.about(line(1))
  await pause(20)
  assert.deepEqual(failed, ['No connection.'])
})
