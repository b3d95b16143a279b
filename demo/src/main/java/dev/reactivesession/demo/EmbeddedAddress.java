package dev.reactivesession.demo;

import java.util.List;

/**
 * Where an embedded server is, for a second node that has none of its own.
 *
 * @param settings as arguments of the command line
 */
record EmbeddedAddress(List<String> settings) {}
