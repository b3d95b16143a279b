package dev.reactivesession.boot;

import dev.reactivesession.codec.json.JsonCodecSettings;
import java.util.function.UnaryOperator;

/** A bean that allows more types, or brings Jackson modules for them. */
@FunctionalInterface
public interface JsonCodecCustomizer extends UnaryOperator<JsonCodecSettings> {}
