/** The server's own description as flat rows: operations by group, and the fields of a body with their names spelled out. */
export interface Schema {
  $ref?: string; type?: string | string[]; title?: string; description?: string; enum?: unknown[]; const?: unknown
  items?: Schema; properties?: Record<string, Schema>; required?: string[]; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]
  additionalProperties?: boolean | Schema; format?: string; pattern?: string
  minimum?: number; maximum?: number; minLength?: number; maxLength?: number; minItems?: number; maxItems?: number
}
interface Parameter { name: string; in: string; required?: boolean; description?: string; schema?: Schema }
interface Content { content?: Record<string, { schema?: Schema }>; description?: string; required?: boolean }
interface Raw { operationId: string; summary?: string; tags?: string[]; security?: unknown[]; parameters?: Parameter[]; requestBody?: Content; responses: Record<string, Content> }
export interface Document { paths: Record<string, Record<string, Raw>>; components: { schemas: Record<string, Schema> } }

export interface Row { name: string; type: string; required: boolean; says: string; where?: string }
export interface Operation { id: string; method: string; path: string; summary: string; open: boolean; parameters: Row[]; body: Row[]; answers: { code: string; says: string; fields: Row[] }[] }
export interface Group { name: string; operations: Operation[] }

const METHODS = ['get', 'post', 'patch', 'put', 'delete']

function resolved(schema: Schema | undefined, all: Record<string, Schema>): Schema {
  const name = schema?.$ref?.split('/').pop()
  return (name && all[name]) || schema || {}
}

/** A type as a person says it: `text ≤ 200`, `number 0–90`, `[Casualties]`, `"I" | "II"`, `… or null`. */
export function typeOf(schema: Schema | undefined): string {
  if (!schema) return ''
  if (schema.$ref) return schema.$ref.split('/').pop() ?? ''
  const many = schema.anyOf ?? schema.oneOf
  if (many) return [...new Set(many.map(typeOf))].join(' | ')
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `[${typeOf(schema.items)}]${range(schema.minItems, schema.maxItems)}`
  const named = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any')
  return `${schema.format ?? named}${range(schema.minimum ?? schema.minLength, schema.maximum ?? schema.maxLength)}`
}

function range(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return ` ${least}–${most}`
  if (most !== undefined) return ` ≤ ${most}`
  return least !== undefined ? ` ≥ ${least}` : ''
}

function fields(schema: Schema | undefined, all: Record<string, Schema>): Row[] {
  const found = resolved(schema, all)
  const inner = found.type === 'array' ? resolved(found.items, all) : found
  return Object.entries(inner.properties ?? {}).map(([name, one]) => ({
    name, type: typeOf(one), required: inner.required?.includes(name) ?? false, says: one.description ?? '',
  }))
}

const schemaOf = (content: Content | undefined): Schema | undefined => Object.values(content?.content ?? {})[0]?.schema

function operation(path: string, method: string, raw: Raw, all: Record<string, Schema>): Operation {
  const answers = Object.entries(raw.responses).map(([code, one]) => ({ code, says: one.description ?? '', fields: code.startsWith('2') ? fields(schemaOf(one), all) : [] }))
  const parameters = (raw.parameters ?? []).map((one) => ({ name: one.name, type: typeOf(one.schema), required: one.required ?? false, says: one.description ?? '', where: one.in }))
  return { id: raw.operationId, method: method.toUpperCase(), path, summary: raw.summary ?? '', open: raw.security?.length === 0, parameters, body: fields(schemaOf(raw.requestBody), all), answers }
}

/** All operations by their group, groups by name, operations by path and then as one works: read, write, change, delete. */
export function groups(document: Document): Group[] {
  const found = new Map<string, Operation[]>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const raw = methods[method]
      if (!raw) continue
      const name = raw.tags?.[0] ?? 'other'
      found.set(name, [...(found.get(name) ?? []), operation(path, method, raw, document.components.schemas)])
    }
  }
  return [...found].map(([name, operations]) => ({ name, operations })).sort((a, b) => a.name.localeCompare(b.name))
}

/** What is left of the groups when every word of the search is in an operation's name, path, summary or fields. */
export function search(all: Group[], text: string): Group[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return all
  const fits = (one: Operation): boolean => {
    const said = [one.id, one.method, one.path, one.summary, ...one.body.map((row) => row.name), ...one.parameters.map((row) => row.name)].join(' ').toLowerCase()
    return words.every((word) => said.includes(word))
  }
  return all.map((group) => ({ ...group, operations: group.operations.filter(fits) })).filter((group) => group.operations.length)
}
