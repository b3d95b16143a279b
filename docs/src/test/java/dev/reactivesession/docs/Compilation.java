package dev.reactivesession.docs;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What the compiler says of a file that is none. */
record Compilation(String messages, boolean succeeded) {

    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public )?(?:(?:final|abstract) )?(?:class|record|interface) (\\w+)");

    static Compilation of(String code, Path classes) {
        StringWriter messages = new StringWriter();
        Boolean succeeded = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, options(classes), null, List.of(source(code)))
                .call();
        return new Compilation(messages.toString(), succeeded);
    }

    private static List<String> options(Path classes) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of("-proc:none", "-parameters", "-d", classes.toString(), "-classpath", classPath);
    }

    private static JavaFileObject source(String code) {
        Matcher type = TYPE.matcher(code);
        String name = type.find() ? type.group(1) : "Fragment";
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
