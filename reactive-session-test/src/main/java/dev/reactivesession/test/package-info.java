/** The store contract as tests: a store of any author joins by extending them. */
@NullMarked
package dev.reactivesession.test;

import org.jspecify.annotations.NullMarked;
