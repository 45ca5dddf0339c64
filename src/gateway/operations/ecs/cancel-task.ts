import { refuse } from '../../../imagebuilder/images/faults.js'
import { cancelTask as request } from '../../../imagebuilder/parameters/tasks.js'
import { never } from '../../documented.js'
import { coded } from '../../documented-images.js'
import { checkTaskRegion, noTask, noTaskRegion } from '../../documented-tasks.js'
import { wireOperation } from '../../operation.js'

export const cancelTask = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: { action: 'ecs:CancelTask', resources: () => ['*'] },
  errors: [
    noTaskRegion,
    noTask,
    ...never(
      'there is no task: templates make none',
      ...coded(
        403,
        'InvalidTaskId.TaskActionNotSupport',
        'InvalidTaskId.IncorrectTaskStatus',
        'CancelTaskFailed',
      ),
    ),
  ],
  sample: {},
  // Nothing that is spoken here makes a task.
  run(_, { parameters: { RegionId, TaskId }, caller }) {
    checkTaskRegion(caller.world, RegionId)
    throw refuse(noTask, { TaskId })
  },
})
