import { type AnyOperation, type Product, products } from '../operation.js'
import { queryAvailableInstances } from './bssopenapi/query-available-instances.js'
import { cancelCopyImage } from './ecs/cancel-copy-image.js'
import { cancelImagePipelineExecution } from './ecs/cancel-image-pipeline-execution.js'
import { cancelTask } from './ecs/cancel-task.js'
import { copyImage } from './ecs/copy-image.js'
import { createImageComponent } from './ecs/create-image-component.js'
import { createImagePipeline } from './ecs/create-image-pipeline.js'
import { createImage } from './ecs/create-image.js'
import { deleteImageComponent } from './ecs/delete-image-component.js'
import { deleteImagePipeline } from './ecs/delete-image-pipeline.js'
import { deleteImage } from './ecs/delete-image.js'
import { describeAvailableResource } from './ecs/describe-available-resource.js'
import { describeImageComponents } from './ecs/describe-image-components.js'
import { describeImageFromFamily } from './ecs/describe-image-from-family.js'
import { describeImagePipelineExecutions } from './ecs/describe-image-pipeline-executions.js'
import { describeImagePipelines } from './ecs/describe-image-pipelines.js'
import { describeImageSharePermission } from './ecs/describe-image-share-permission.js'
import { describeImages } from './ecs/describe-images.js'
import { describeInstanceTypes } from './ecs/describe-instance-types.js'
import { describeRegions } from './ecs/describe-regions.js'
import { describeTaskAttribute } from './ecs/describe-task-attribute.js'
import { describeTasks } from './ecs/describe-tasks.js'
import { describeZones } from './ecs/describe-zones.js'
import { joinResourceGroup } from './ecs/join-resource-group.js'
import { listTagResources } from './ecs/list-tag-resources.js'
import { modifyImageAttribute } from './ecs/modify-image-attribute.js'
import { modifyImageShareGroupPermission } from './ecs/modify-image-share-group-permission.js'
import { modifyImageSharePermission } from './ecs/modify-image-share-permission.js'
import { startImagePipelineExecution } from './ecs/start-image-pipeline-execution.js'
import { tagResources } from './ecs/tag-resources.js'
import { untagResources } from './ecs/untag-resources.js'
import { describeEndpoints } from './location/describe-endpoints.js'
import { listResourceGroups } from './resourcemanager/list-resource-groups.js'
import { getCallerIdentity } from './sts/get-caller-identity.js'
import { describeVpcs } from './vpc/describe-vpcs.js'
import { describeVSwitches } from './vpc/describe-vswitches.js'

/** Every operation that is spoken here. A new one is added here and nowhere else. */
export const operations: readonly AnyOperation[] = [
  createImagePipeline,
  describeImagePipelines,
  deleteImagePipeline,
  startImagePipelineExecution,
  describeImagePipelineExecutions,
  cancelImagePipelineExecution,
  createImageComponent,
  describeImageComponents,
  deleteImageComponent,
  describeImages,
  describeImageFromFamily,
  createImage,
  copyImage,
  cancelCopyImage,
  deleteImage,
  modifyImageAttribute,
  modifyImageSharePermission,
  describeImageSharePermission,
  modifyImageShareGroupPermission,
  tagResources,
  untagResources,
  listTagResources,
  joinResourceGroup,
  describeRegions,
  describeZones,
  describeInstanceTypes,
  describeAvailableResource,
  describeTasks,
  describeTaskAttribute,
  cancelTask,
  describeVpcs,
  describeVSwitches,
  getCallerIdentity,
  listResourceGroups,
  describeEndpoints,
  queryAvailableInstances,
]

/** The operation of a product in one of its versions; undefined where there is none. */
export function find(product: Product, version: string, action: string): AnyOperation | undefined {
  if (products[product] !== version) return undefined
  return operations.find((each) => each.product === product && each.request.action === action)
}
