import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AccessDenied } from '../../src/gateway/access/authorize.js'
import { failure, success } from '../../src/gateway/wire/answer.js'
import { internalError } from '../../src/gateway/wire/errors.js'
import { requestId } from '../../src/gateway/wire/request-id.js'
import { xmlElement } from '../../src/gateway/wire/xml.js'
import { EcsError } from '../../src/imagebuilder/errors.js'
import { anyText } from './any-text.js'

const id = '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E'
const about = { action: 'DescribeImages', requestId: id }
const context = { requestId: id, hostId: 'ecs.aliyuncs.com', product: 'Ecs' }
const images = {
  TotalCount: 2,
  NextToken: undefined,
  Images: {
    Image: [
      { ImageId: 'm-1', IsCopied: false, Tags: { Tag: [{ TagKey: 'a', TagValue: '<&>"\'' }] } },
      { ImageId: 'm-2', IsCopied: true, Tags: { Tag: [] } },
    ],
  },
}

describe('an answer in JSON', () => {
  it('has the RequestId and the fields in their own types', () => {
    const answer = success('JSON', about, images)
    expect(answer.status).toBe(200)
    expect(answer.headers).toEqual({
      'content-type': 'application/json;charset=utf-8',
      'x-acs-request-id': id,
    })
    const { NextToken: _, ...rest } = images
    expect(JSON.parse(answer.body)).toEqual({ RequestId: id, ...rest })
  })

  it('of an error has what clients read', () => {
    const error = new EcsError(404, 'InvalidImage.NotFound', 'The image "x" is not there.')
    const answer = failure('JSON', error, context)
    expect(answer.status).toBe(404)
    expect(answer.headers['content-type']).toBe('application/json;charset=utf-8')
    expect(JSON.parse(answer.body)).toEqual({
      RequestId: id,
      HostId: 'ecs.aliyuncs.com',
      Code: 'InvalidImage.NotFound',
      Message: 'The image "x" is not there.',
      Recommend: `https://api.aliyun.com/troubleshoot?q=InvalidImage.NotFound&product=Ecs&requestId=${id}`,
    })
  })

  it('of a fault of ours tells nothing', () => {
    const { status, body } = failure('JSON', internalError(), context)
    expect(status).toBe(500)
    expect(JSON.parse(body)).toMatchObject({ Code: 'InternalError' })
  })
})

describe('an answer in XML', () => {
  it('repeats the element of a list', () => {
    const answer = success('XML', about, images)
    expect(answer.headers['content-type']).toBe('text/xml;charset=utf-8')
    expect(answer.body).toBe(
      "<?xml version='1.0' encoding='UTF-8'?>" +
        `<DescribeImagesResponse><RequestId>${id}</RequestId><TotalCount>2</TotalCount><Images>` +
        '<Image><ImageId>m-1</ImageId><IsCopied>false</IsCopied><Tags>' +
        '<Tag><TagKey>a</TagKey><TagValue>&lt;&amp;&gt;"\'</TagValue></Tag></Tags></Image>' +
        '<Image><ImageId>m-2</ImageId><IsCopied>true</IsCopied><Tags></Tags></Image>' +
        '</Images></DescribeImagesResponse>',
    )
  })

  it('of an error stands under Error, the link as it is', () => {
    const error = new EcsError(400, 'InvalidParameter', 'a < b')
    expect(failure('XML', error, context)).toEqual({
      status: 400,
      headers: { 'content-type': 'text/xml;charset=utf-8', 'x-acs-request-id': id },
      body:
        "<?xml version='1.0' encoding='UTF-8'?><Error>" +
        `<RequestId>${id}</RequestId><HostId>ecs.aliyuncs.com</HostId>` +
        '<Code>InvalidParameter</Code><Message>a &lt; b</Message>' +
        '<Recommend><![CDATA[https://api.aliyun.com/troubleshoot?q=InvalidParameter&product=Ecs' +
        `&requestId=${id}]]></Recommend></Error>`,
    })
  })

  it('can say any text', () => {
    expect(xmlElement('T', 'a\r\nb\u0000\ud800\u{1f35e}]]>')).toBe(
      '<T>a&#13;\nb\ufffd\ufffd\u{1f35e}]]&gt;</T>',
    )
    fc.assert(
      fc.property(anyText, (text) => {
        const written = xmlElement('T', text).slice(3, -4)
        expect(written).not.toMatch(/[<>\r]|&(?!(amp|lt|gt|#13);)/)
        const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', '#13': '\r' }
        const read = written.replace(/&([^;]+);/g, (_, name: string) => names[name] ?? '')
        expect(read.length).toBe(text.length)
        for (let at = 0; at < text.length; at++) {
          if (read[at] !== '\ufffd') expect(read[at]).toBe(text[at])
        }
      }),
    )
  })

  it('leaves out what is null', () => {
    expect(xmlElement('T', { a: null, b: [null, 1], c: {} })).toBe('<T><b>1</b><c></c></T>')
  })
})

describe('an answer to who may not', () => {
  const error = new AccessDenied({
    AuthAction: 'ecs:DeleteImage',
    AuthPrincipalType: 'SubUser',
    AuthPrincipalOwnerId: '1',
    AuthPrincipalDisplayName: 'alice',
    NoPermissionType: 'ImplicitDeny',
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    EncodedDiagnosticMessage: 'e30=',
  })

  it('has the detail, in both formats', () => {
    expect(JSON.parse(failure('JSON', error, context).body)).toMatchObject({
      Code: 'Forbidden.RAM',
      AccessDeniedDetail: { AuthAction: 'ecs:DeleteImage', NoPermissionType: 'ImplicitDeny' },
    })
    expect(failure('XML', error, context).body).toContain(
      '</Recommend><AccessDeniedDetail><AuthAction>ecs:DeleteImage</AuthAction>',
    )
  })
})

describe('a RequestId', () => {
  it('is an upper-case UUID that follows from its bytes', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 17)
    expect(requestId(bytes)).toBe('00112233-4455-4677-8899-AABBCCDDEEFF')
    expect(() => requestId(new Uint8Array(15))).toThrow('takes 16 bytes, not 15')
  })
})
