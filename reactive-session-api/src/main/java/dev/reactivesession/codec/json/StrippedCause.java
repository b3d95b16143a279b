package dev.reactivesession.codec.json;

/** The class and the stack of an error, without its message: decoders and constructors repeat their input in it. */
final class StrippedCause extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StrippedCause(Throwable original) {
        super(original.getClass().getName());
        setStackTrace(original.getStackTrace());
    }

    static StrippedCause of(Throwable original) {
        return new StrippedCause(original);
    }
}
