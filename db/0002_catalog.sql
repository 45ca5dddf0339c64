-- Rows that an embedder keeps beside the executions, written in the same transaction as a step.

CREATE TABLE catalog (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_type(body) = 'object'),
  PRIMARY KEY (kind, key)
) STRICT;

-- Lookups of the Image Builder. A query finds its index only with the very same expression,
-- body ->> '$.Field', and the kind spelled out. Each ends with key, because pages go by it.
CREATE INDEX template_by_name ON catalog (body ->> '$.Region', body ->> '$.Name', key)
  WHERE kind = 'template';
CREATE INDEX template_by_region ON catalog (body ->> '$.Region', key) WHERE kind = 'template';
CREATE INDEX component_by_name ON catalog (body ->> '$.Region', body ->> '$.Name', key)
  WHERE kind = 'component';
CREATE INDEX component_by_region ON catalog (body ->> '$.Region', key) WHERE kind = 'component';
-- Images are written with every execution, so they have no more indexes than these: by region alone
-- sorts.
CREATE INDEX image_by_name ON catalog (body ->> '$.Region', body ->> '$.ImageName', key)
  WHERE kind = 'image';
CREATE INDEX image_by_family ON catalog (body ->> '$.Region', body ->> '$.ImageFamily', key)
  WHERE kind = 'image';
CREATE INDEX image_by_execution ON catalog (body ->> '$.ExecutionId', key)
  WHERE kind = 'image';
CREATE INDEX share_by_image ON catalog (body ->> '$.ImageId', key) WHERE kind = 'share';
CREATE INDEX reference_by_component ON catalog (body ->> '$.ImageComponentId', key)
  WHERE kind = 'reference';
CREATE INDEX reference_by_template ON catalog (body ->> '$.ImagePipelineId', key)
  WHERE kind = 'reference';

-- For people with sqlite3: SELECT * FROM image.
CREATE VIEW template AS
SELECT
  key AS id,
  body ->> '$.Region' AS region,
  body ->> '$.Account' AS account,
  body ->> '$.Name' AS name,
  body ->> '$.Parameters.BaseImageType' AS base_image_type,
  body ->> '$.Parameters.BaseImage' AS base_image,
  body ->> '$.CreationTime' AS created,
  body
FROM catalog WHERE kind = 'template';

CREATE VIEW component AS
SELECT
  key AS id,
  body ->> '$.Region' AS region,
  body ->> '$.Account' AS account,
  body ->> '$.Name' AS name,
  body ->> '$.ComponentVersion' AS version,
  body ->> '$.ComponentType' AS type,
  body ->> '$.CreationTime' AS created,
  body
FROM catalog WHERE kind = 'component';

CREATE VIEW image AS
SELECT
  key AS id,
  body ->> '$.Region' AS region,
  body ->> '$.Account' AS account,
  body ->> '$.ImageName' AS name,
  body ->> '$.Status' AS status,
  body ->> '$.ExecutionId' AS execution,
  body ->> '$.CreationTime' AS created,
  body
FROM catalog WHERE kind = 'image';

CREATE VIEW share AS
SELECT
  body ->> '$.ImageId' AS image,
  body ->> '$.Region' AS region,
  body ->> '$.Account' AS account,
  body ->> '$.SharedTime' AS shared,
  body
FROM catalog WHERE kind = 'share';
