import { calling, many, type Refusals } from '../images/refusals/refusals.js'

/** Refusals of the reads that clients make on the way. */

const nowhere = { RegionId: 'cn-atlantis' }

const regions = calling('DescribeRegions')
const describeRegions: Refusals = {
  '403 Invalid.InstanceChargeType': regions({ InstanceChargeType: 'Barter' }),
  '404 InvalidAcceptLanguage.NotFound': regions({ AcceptLanguage: 'tlh' }),
  '404 InvalidResourceType.NotFound': regions({ ResourceType: 'elephant' }),
}

const zones = calling('DescribeZones')
const describeZones: Refusals = {
  '400 MissingParameter': zones({ RegionId: '' }),
  '400 InvalidParameter': zones({ Verbose: 'maybe' }),
  '400 InvalidSpotStrategy': zones({ SpotStrategy: 'Bet' }),
  '404 InvalidRegionId.NotFound': zones(nowhere),
  '404 InvalidInstanceChargeType.NotFound': zones({ InstanceChargeType: 'Barter' }),
  '404 InvalidAcceptLanguage.NotFound': zones({ AcceptLanguage: 'tlh' }),
}

const types = calling('DescribeInstanceTypes')
const describeInstanceTypes: Refusals = {
  '400 InvalidParameter': types({ MinimumMemorySize: 'much' }),
  '403 Invalid.NextToken': types({ NextToken: 'made-up' }),
}

const available = calling('DescribeAvailableResource', { DestinationResource: 'InstanceType' })
const describeAvailableResource: Refusals = {
  '400 MissingParameter': available({ RegionId: '' }),
  '400 InvalidParameter': available({ SpotDuration: 7 }),
  '400 Invalid.Param': available({ DestinationResource: '' }),
  '400 Invalid.InstanceChargeType': available({ InstanceChargeType: 'Barter' }),
  '403 InvalidParam.TypeAndCpuMem.Conflict': available({ InstanceType: 'ecs.g6.large', Cores: 2 }),
  '403 InvalidParam.Cores': available({ DestinationResource: 'Zone', Cores: 2 }),
  '403 InvalidParam.Memory': available({ DestinationResource: 'Zone', Memory: '8' }),
  '403 InvalidDedicatedHostId.NotFound': available({ DedicatedHostId: 'dh-none' }),
  '404 Invalid.RegionId': available(nowhere),
  '404 Invalid.ResourceType': available({ ResourceType: 'elephant' }),
  '404 Invalid.DestinationResource': available({ DestinationResource: 'Happiness' }),
  '404 Invalid.IoOptimized': available({ IoOptimized: 'partly' }),
  '404 Invalid.NetworkCategory': available({ NetworkCategory: 'token-ring' }),
  '404 Invalid.SpotStrategy': available({ SpotStrategy: 'Bet' }),
}

const tasks = calling('DescribeTasks')
const describeTasks: Refusals = {
  '400 MissingParameter': tasks({ RegionId: '' }),
  '400 InvalidParameter': tasks({ StartTime: 'yesterday' }),
  '400 InvalidRegionId.NotFound': tasks(nowhere),
}

const ofTask = (action: string): Refusals => {
  const request = calling(action, { TaskId: 't-none' })
  return {
    '400 MissingParameter': request({ TaskId: '' }),
    '400 InvalidParameter': request({ TaskId: 7 }),
    '400 InvalidRegionId.NotFound': request(nowhere),
    '400 InvalidTaskId.NotFound': request(),
  }
}

const ofNetworks = (action: string, least: Refusals = {}): Refusals => {
  const request = calling(action)
  return {
    ...least,
    '400 InvalidParameter': request({ PageSize: 51 }),
    '400 DryRunOperation': request({ DryRun: true }),
    '404 InvalidRegionId.NotFound': request(nowhere),
  }
}

const endpoints = calling('DescribeEndpoints', { Id: 'cn-hangzhou', ServiceCode: 'ecs' })

export const around: Readonly<Record<string, Refusals>> = {
  describeRegions,
  describeZones,
  describeInstanceTypes,
  describeAvailableResource,
  describeTasks,
  describeTaskAttribute: ofTask('DescribeTaskAttribute'),
  cancelTask: ofTask('CancelTask'),
  describeVpcs: ofNetworks('DescribeVpcs', {
    '400 MissingParameter': calling('DescribeVpcs')({ RegionId: '' }),
  }),
  describeVSwitches: ofNetworks('DescribeVSwitches'),
  listResourceGroups: {
    '400 InvalidParameter': calling('ListResourceGroups')({ Tag: many }),
  },
  describeEndpoints: {
    '400 MissingParameter': endpoints({ ServiceCode: '' }),
    '400 InvalidParameter': endpoints({ Type: 'secretAPI' }),
  },
  queryAvailableInstances: {
    '400 InvalidParameter': calling('QueryAvailableInstances')({ PageNum: 0 }),
  },
}
