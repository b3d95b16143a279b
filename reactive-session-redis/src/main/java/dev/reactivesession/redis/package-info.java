/** Sessions in Redis, one node or Cluster. */
@NullMarked
package dev.reactivesession.redis;

import org.jspecify.annotations.NullMarked;
