import { useState } from 'preact/hooks'
import { asRefusal, call, get, type Refusal } from '../../lib/api.js'
import { setQuery } from '../../lib/route.js'
import { model } from '../../model/model.js'
import { Button, CodeBox } from '../../parts/controls.js'
import { Refused } from '../../parts/refused.js'

/** What to do where there is nothing yet. */
export function NoExecution() {
  const none = model.templates.size === 0
  return (
    <div class="empty">
      <h2>No execution yet</h2>
      {none ? (
        <p class="soft">
          An execution is one run of a template, and there is no template either. Point your SDK,
          Terraform or the aliyun CLI here, or make one now.
        </p>
      ) : (
        <p class="soft">
          Choose a template in “Start an execution”, or start one from where you work:
        </p>
      )}
      {none ? <ExampleTemplate /> : <CodeBox label="the call" text={startCall()} />}
    </div>
  )
}

function startCall(): string {
  const [template] = model.templates.values()
  return (
    `aliyun ecs StartImagePipelineExecution --endpoint ${location.host} --protocol http \\\n` +
    `  --RegionId ${template?.Region} --ImagePipelineId ${template?.ImagePipelineId}`
  )
}

interface World {
  readonly images: readonly {
    readonly ImageId: string
    readonly region?: string
    readonly RegionId?: string
  }[]
}

/** A template to begin with, made by the call that anybody else would make. */
function ExampleTemplate() {
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const make = async (): Promise<void> => {
    try {
      const { images } = await get<World>('/world')
      await call('CreateImagePipeline', {
        RegionId: 'cn-hangzhou',
        Name: 'web',
        BaseImageType: 'IMAGE',
        BaseImage: images[0]?.ImageId ?? 'aliyun_3_x64_20G_alibase_20240819.vhd',
        BuildContent: 'RUN yum update -y',
        'ToRegionId.1': 'cn-beijing',
        'ToRegionId.2': 'cn-zhangjiakou',
      })
      await model.loadTemplates()
    } catch (error) {
      setRefusal(asRefusal(error))
    }
  }
  return (
    <>
      <Button kind="main" icon="plus" onPress={() => void make()}>
        Make an example template
      </Button>
      {refusal !== null && <Refused refusal={refusal} says="Refused, nothing was written" />}
      <CodeBox label="the call" text={'bakeline env   # what clients read to find this server'} />
    </>
  )
}

export function NothingMatches() {
  return (
    <div class="empty">
      <h2>Nothing matches</h2>
      <Button onPress={() => setQuery({ q: null, status: null, not: null })}>
        Clear the filter
      </Button>
    </div>
  )
}
