-- Rows that an embedder keeps beside the executions, written in the same transaction as a step.

CREATE TABLE catalog (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_type(body) = 'object'),
  PRIMARY KEY (kind, key)
) STRICT;

-- Lookups of the Image Builder. A query finds its index only with the very same expression
-- (body ->> '$.Field') and the kind spelled out. Each ends with key: pages go by it.
CREATE INDEX template_by_name ON catalog (body ->> '$.Region', body ->> '$.Name', key)
  WHERE kind = 'template';
CREATE INDEX template_by_region ON catalog (body ->> '$.Region', key) WHERE kind = 'template';
CREATE INDEX component_by_name ON catalog (body ->> '$.Region', body ->> '$.Name', key)
  WHERE kind = 'component';
CREATE INDEX component_by_region ON catalog (body ->> '$.Region', key) WHERE kind = 'component';
CREATE INDEX image_by_name ON catalog (body ->> '$.Region', body ->> '$.ImageName', key)
  WHERE kind = 'image';
CREATE INDEX image_by_region ON catalog (body ->> '$.Region', key) WHERE kind = 'image';
CREATE INDEX share_by_image ON catalog (body ->> '$.ImageId', key) WHERE kind = 'share';

-- For people with sqlite3: SELECT * FROM image.
CREATE VIEW template AS
SELECT
  key AS id,
  body ->> '$.Region' AS region,
  body ->> '$.Name' AS name,
  body ->> '$.BaseImageType' AS base_image_type,
  body ->> '$.BaseImage' AS base_image,
  body ->> '$.CreationTime' AS created,
  body
FROM catalog WHERE kind = 'template';

CREATE VIEW component AS
SELECT
  key AS id,
  body ->> '$.Region' AS region,
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
  body ->> '$.ImageName' AS name,
  body ->> '$.Status' AS status,
  body ->> '$.CreationTime' AS created,
  body
FROM catalog WHERE kind = 'image';

CREATE VIEW share AS
SELECT
  key AS id,
  body ->> '$.ImageId' AS image,
  body ->> '$.Account' AS account,
  body ->> '$.SharedTime' AS shared,
  body
FROM catalog WHERE kind = 'share';
