import type { Place } from '../base-image.js'
import { hasTags, type TagFilter } from '../labels/filter.js'
import { isInGroup } from '../labels/groups.js'
import { whole } from '../labels/labels.js'
import { findRows, getRow, type Template } from '../rows.js'
import { newestFirst, type Page, type PageRequest, pageByKey } from './page.js'

/** Which templates of the account in the region: all that is given must hold. */
export interface TemplateFilter {
  readonly ids?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly tags?: readonly TagFilter[] | undefined
  readonly group?: string | undefined
}

/** Templates, newest first. */
export function listTemplates(
  place: Place,
  filter: TemplateFilter,
  page: PageRequest,
): Page<Template> {
  const found = candidates(place, filter).filter(({ Name, Parameters }) => {
    const labels = whole(Parameters)
    return (
      (filter.name === undefined || Name === filter.name) &&
      hasTags(labels, filter.tags) &&
      isInGroup(labels.ResourceGroupId, filter.group, place)
    )
  })
  return pageByKey(found, keyOf, page)
}

function keyOf({ CreationTime, ImagePipelineId }: Template): string {
  return newestFirst(CreationTime, ImagePipelineId)
}

function candidates(place: Place, { ids, name }: TemplateFilter): readonly Template[] {
  const { catalog, region, account } = place
  if (ids !== undefined) {
    return [...new Set(ids)]
      .flatMap((id) => getRow(catalog, 'template', id) ?? [])
      .filter(({ Region, Account }) => Region === region && Account === account)
  }
  const where = { Region: region, Account: account }
  return findRows(catalog, 'template', name === undefined ? where : { ...where, Name: name })
}
