/** A copy of the image to make: where, and the id that it has there. */
export interface Copy {
  readonly region: string
  readonly imageId: string
}

export interface DistributionRequest {
  /** Region and account of the template itself. */
  readonly region: string
  readonly account: string
  /** As the template has them: in the caller's order, perhaps with duplicates. */
  readonly ToRegionId: readonly string[]
  readonly AddAccount: readonly string[]
  /** The image's id in a region; asked once for each copy. */
  readonly imageIdFor: (region: string) => string
}

/**
 * The work that a template's `ToRegionId` and `AddAccount` ask for, in the order given.
 *
 * The own region and the own account are accepted and are no work: the image is there already, and
 * is theirs. What is named twice counts once.
 */
export function distribution(request: DistributionRequest): {
  copies: Copy[]
  accounts: string[]
} {
  const regions = others(request.ToRegionId, request.region)
  return {
    copies: regions.map((region) => ({ region, imageId: request.imageIdFor(region) })),
    accounts: others(request.AddAccount, request.account),
  }
}

function others(names: readonly string[], own: string): string[] {
  return names.filter((name, at) => name !== own && names.indexOf(name) === at)
}
