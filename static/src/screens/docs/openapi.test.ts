import { describe, expect, it } from 'vitest'
import { type Document, groups, search, typeOf } from './openapi'

const document: Document = {
  paths: {
    '/incidents': {
      post: {
        operationId: 'incident.open', summary: 'Open an incident', tags: ['incident'],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/OpenIncident' } } } },
        responses: { 201: { description: 'Done', content: { 'application/json': { schema: { $ref: '#/components/schemas/IncidentOut' } } } }, 403: { description: 'No' } },
      },
      get: { operationId: 'list.incident', tags: ['incident'], parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000 } }], responses: { 200: { description: 'A page' } } },
    },
    '/session': { post: { operationId: 'session.in', tags: ['session'], security: [], responses: { 200: {} } } },
  },
  components: {
    schemas: {
      OpenIncident: { properties: { kind: { type: 'string', maxLength: 32 }, level: { anyOf: [{ enum: ['I', 'II'] }, { type: 'null' }] } }, required: ['kind'] },
      IncidentOut: { properties: { id: { type: 'string' } }, required: ['id'] },
    },
  },
}

describe('groups', () => {
  it('puts operations together by group, reading before writing, with the fields of the body', () => {
    const found = groups(document)
    expect(found.map((group) => [group.name, group.operations.map((one) => one.method)])).toEqual([['incident', ['GET', 'POST']], ['session', ['POST']]])
    const open = found[0]!.operations[1]!
    expect(open.body).toEqual([{ name: 'kind', type: 'string ≤ 32', required: true, says: '' }, { name: 'level', type: '"I" | "II" | null', required: false, says: '' }])
    expect(open.answers.map((answer) => [answer.code, answer.fields.length])).toEqual([['201', 1], ['403', 0]])
    expect([open.open, found[1]!.operations[0]!.open]).toEqual([false, true])
  })
})

describe('search', () => {
  it('keeps what has every word, also in the fields of a body', () => {
    expect(search(groups(document), 'incident kind').flatMap((group) => group.operations.map((one) => one.id))).toEqual(['incident.open'])
    expect(search(groups(document), 'nothing of that')).toEqual([])
    expect(search(groups(document), '  ')).toHaveLength(2)
  })
})

describe('typeOf', () => {
  it('says types, ranges and lists as a person would', () => {
    expect(typeOf({ type: 'array', items: { $ref: '#/components/schemas/Point' }, maxItems: 5 })).toBe('[Point] ≤ 5')
    expect(typeOf({ type: 'string', format: 'date-time' })).toBe('date-time')
    expect(typeOf({ type: 'integer', minimum: 0, maximum: 9 })).toBe('integer 0–9')
  })
})
