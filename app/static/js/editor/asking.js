// Asking the service: one sentence where it refuses, and a kind of its own where there is no connection.
export class NoConnection extends Error {
  constructor () { super('There is no connection. Your work is kept in this browser.') }
}

export class Refused extends Error {
  constructor (problem, status) {
    super(problem.detail ?? 'The service could not do this: try again.')
    this.status = status
    this.problem = problem
  }
}

export async function ask (address, { method = 'GET', body, form, token, signal } = {}) {
  const headers = { Accept: 'application/json' }
  if (token) headers['X-Form-Token'] = token
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  let answer
  try {
    answer = await fetch(address, { method, headers, signal, body: form ?? (body === undefined ? undefined : JSON.stringify(body)) })
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new NoConnection()
  }
  const document = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Refused(document, answer.status)
  return document
}
