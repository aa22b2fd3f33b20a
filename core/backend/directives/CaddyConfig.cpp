#include "core/backend/directives/CaddyConfig.h"

#include "core/backend/directives/CaddySyntax.h"
#include "core/base/Ascii.h"
#include "core/http/HeaderList.h"

#include <QCoreApplication>
#include <QHash>
#include <algorithm>

namespace corscope {

namespace {

using Kind = CaddyHandler::Kind;

QString tr(const char* text) { return QCoreApplication::translate("CaddyConfig", text); }

InputError wrong(const CaddyLine& line, const QString& expected, const QByteArray& found)
{
    return {tr("line %1").arg(line.number), expected,
            found.isEmpty() ? tr("nothing") : QStringLiteral("\"%1\"").arg(QString::fromUtf8(found))};
}

bool isWithoutEffect(const QByteArray& name)
{
    static const QList<QByteArray> names = {"tls", "encode", "log", "bind", "root", "file_server", "php_fastcgi",
                                            "metrics", "tracing", "vars", "request_body"};
    return names.contains(name);
}

/// In which order directives run, whatever their order in the file.
int position(Kind kind) { return int(kind); }

class Reader
{
public:
    explicit Reader(CaddyConfig& config) : m_config(config) {}

    Result<Done> whole(const std::vector<CaddyLine>& lines)
    {
        std::vector<CaddyLine> site;
        for (const auto& line : lines) {
            const auto name = line.word(0);
            if (line.words.isEmpty())
                continue; // the global options
            if (name.startsWith('(') && name.endsWith(')')) {
                m_snippets[name.mid(1).chopped(1)] = line.block;
                continue;
            }
            const bool address = line.hasBlock && (name.contains('.') || name.contains(':') || name == "localhost")
                && !name.startsWith('@');
            if (address)
                site.insert(site.end(), line.block.begin(), line.block.end());
            else
                site.push_back(line);
        }
        auto handlers = block(site);
        if (!handlers)
            return handlers.error();
        m_config.handlers = std::move(*handlers);
        return Done{};
    }

private:
    Result<std::vector<CaddyLine>> expanded(const std::vector<CaddyLine>& lines, int depth = 0) const;
    Result<std::vector<CaddyHandler>> block(const std::vector<CaddyLine>& lines);
    Result<Done> directive(const CaddyLine& line, std::vector<CaddyHandler>& handlers);
    Result<Done> headerOperation(const CaddyLine& line, const QList<QByteArray>& words, CaddyHandler& handler,
                                 std::vector<CaddyHandler>& extra) const;
    Result<Done> headers(const CaddyLine& line, CaddyHandler handler, std::vector<CaddyHandler>& handlers) const;
    Result<Done> proxy(const CaddyLine& line, CaddyHandler handler, std::vector<CaddyHandler>& handlers) const;
    Result<Done> answer(const CaddyLine& line, CaddyHandler& handler, const QList<QByteArray>& words) const;
    Result<CaddyMatcher> matcher(const CaddyLine& line) const;
    Result<CaddyTest> test(const CaddyLine& line, const QList<QByteArray>& words,
                           const std::vector<CaddyLine>& inner) const;
    Result<Done> placeholdersAreKnown(const CaddyLine& line, const QByteArray& text) const;

    CaddyConfig& m_config;
    QHash<QByteArray, std::vector<CaddyLine>> m_snippets;
    QHash<QByteArray, CaddyMatcher> m_matchers;
};

CaddyLine withArguments(CaddyLine line, const QList<QByteArray>& arguments)
{
    for (auto& word : line.words)
        for (qsizetype i = 0; i < arguments.size(); ++i) {
            word.replace(QByteArray("{args." + QByteArray::number(i) + '}'), arguments[i]);
            word.replace(QByteArray("{args[" + QByteArray::number(i) + "]}"), arguments[i]);
        }
    for (auto& inner : line.block)
        inner = withArguments(inner, arguments);
    return line;
}

// `import` puts a snippet's lines in its place.
Result<std::vector<CaddyLine>> Reader::expanded(const std::vector<CaddyLine>& lines, int depth) const
{
    std::vector<CaddyLine> result;
    for (const auto& line : lines) {
        if (line.word(0) != "import") {
            result.push_back(line);
            continue;
        }
        const auto snippet = m_snippets.constFind(line.word(1));
        if (snippet == m_snippets.constEnd() || depth > 8)
            return wrong(line, tr("a snippet that is defined in the same text"), line.word(1));
        auto inner = *snippet;
        for (auto& imported : inner)
            imported = withArguments(imported, line.words.mid(2));
        auto further = expanded(inner, depth + 1);
        if (!further)
            return further.error();
        result.insert(result.end(), further->begin(), further->end());
    }
    return result;
}

Result<std::vector<CaddyHandler>> Reader::block(const std::vector<CaddyLine>& written)
{
    auto lines = expanded(written);
    if (!lines)
        return lines.error();
    for (const auto& line : *lines) {
        if (!line.word(0).startsWith('@'))
            continue;
        auto named = matcher(line);
        if (!named)
            return named.error();
        m_matchers[line.word(0)] = *named;
    }
    std::vector<CaddyHandler> handlers;
    for (const auto& line : *lines)
        if (!line.word(0).startsWith('@'))
            if (auto read = directive(line, handlers); !read)
                return read.error();
    // By the order of directives; within one the longer path first, or those with a matcher before those without.
    std::stable_sort(handlers.begin(), handlers.end(), [](const CaddyHandler& a, const CaddyHandler& b) {
        if (a.kind != b.kind)
            return position(a.kind) < position(b.kind);
        const auto length = [](const CaddyHandler& h) {
            return h.matcher && h.matcher->isPath() ? h.matcher->tests[0].values.value(0).size() : 0;
        };
        if (length(a) == 0 && length(b) == 0)
            return a.matcher.has_value() && !b.matcher.has_value();
        return length(a) > length(b);
    });
    return handlers;
}

Result<Done> Reader::directive(const CaddyLine& line, std::vector<CaddyHandler>& handlers)
{
    const auto name = line.word(0);
    if (isWithoutEffect(name))
        return Done{};
    CaddyHandler handler;
    handler.written = ascii::join(line.words, " ");
    auto words = line.words.mid(1);
    const auto first = words.value(0);
    if (first == "*") {
        words.removeFirst();
    } else if (first.startsWith('/')) {
        handler.matcher = CaddyMatcher{{{CaddyTest::Kind::Path, {}, {first}, {}, {}, {}}}, first};
        words.removeFirst();
    } else if (first.startsWith('@')) {
        const auto named = m_matchers.constFind(first);
        if (named == m_matchers.constEnd())
            return wrong(line, tr("a matcher that is defined"), first);
        handler.matcher = *named;
        words.removeFirst();
    }
    CaddyLine rest = line;
    rest.words = words;

    if (name == "header" || name == "request_header") {
        handler.kind = name == "header" ? Kind::Header : Kind::RequestHeader;
        return headers(rest, handler, handlers);
    }
    if (name == "reverse_proxy")
        return proxy(rest, handler, handlers);
    if (name == "handle" || name == "route" || name == "handle_errors") {
        auto inner = block(line.block);
        if (!inner)
            return inner.error();
        if (name == "handle_errors") {
            m_config.handlesErrors = true;
            m_config.onError = std::move(*inner);
            return Done{};
        }
        handler.kind = name == "handle" ? Kind::Handle : Kind::Route;
        handler.handlers = std::move(*inner);
    } else if (name == "basicauth" || name == "basic_auth") {
        handler.kind = Kind::BasicAuth;
        handler.status = 401;
    } else if (name == "redir") {
        handler.kind = Kind::Redirect;
        handler.text = words.value(0);
        const auto code = words.value(1, "302");
        handler.status = code == "permanent" ? 301 : code == "temporary" ? 302 : code.toInt();
        if (handler.text.isEmpty() || handler.status < 300 || handler.status > 399)
            return wrong(line, tr("an address and a status from 300 to 399"), ascii::join(words, " "));
    } else if (name == "respond" || name == "error") {
        handler.kind = name == "respond" ? Kind::Respond : Kind::Error;
        handler.status = name == "respond" ? 200 : 500;
        if (auto read = answer(line, handler, words); !read)
            return read;
    } else {
        return wrong(line, tr("a directive of Caddy that is known here"), name);
    }
    if (auto known = placeholdersAreKnown(line, handler.text); !known)
        return known;
    handlers.push_back(std::move(handler));
    return Done{};
}

// respond [BODY] [STATUS]
Result<Done> Reader::answer(const CaddyLine& line, CaddyHandler& handler, const QList<QByteArray>& words) const
{
    const auto isStatus = [](const QByteArray& word) {
        return word.size() == 3 && std::all_of(word.begin(), word.end(), ascii::isDigit);
    };
    if (words.size() > 2)
        return wrong(line, tr("a text and a status"), words.last());
    const bool statusAlone = words.size() == 1 && isStatus(words[0]);
    if (!words.isEmpty() && !statusAlone)
        handler.text = words[0];
    if (words.size() == 2 && !isStatus(words[1]))
        return wrong(line, tr("a status of three digits"), words[1]);
    if (words.size() == 2 || statusAlone)
        handler.status = words.last().toInt();
    if (handler.status < 200 || handler.status > 599)
        return wrong(line, tr("a status from 200 to 599"), words.last());
    return Done{};
}

Result<Done> Reader::headerOperation(const CaddyLine& line, const QList<QByteArray>& words, CaddyHandler& handler,
                                     std::vector<CaddyHandler>& extra) const
{
    using Operation = CaddyHeaderOperation::Kind;
    auto name = words.value(0);
    CaddyHeaderOperation operation;
    bool deferred = false;
    if (name.startsWith('+') || name.startsWith('-') || name.startsWith('?') || name.startsWith('>')) {
        operation.kind = name[0] == '+' ? Operation::Add : name[0] == '-' ? Operation::Delete
            : name[0] == '?'            ? Operation::Default
                                        : Operation::Set;
        deferred = name[0] != '+';
        name.remove(0, 1);
    }
    if (name.endsWith(':'))
        name.chop(1);
    operation.name = name;
    operation.value = words.value(1);
    if (!isHeaderName(operation.name))
        return wrong(line, tr("a header name"), words.value(0));
    if (words.size() > 2)
        return wrong(line, tr("a name and a value (searching and replacing is not known here)"), words[2]);
    if (auto known = placeholdersAreKnown(line, operation.value); !known)
        return known;
    if (operation.kind == Operation::Default) {
        auto alone = handler;
        alone.operations = {operation};
        alone.deferred = true;
        extra.push_back(std::move(alone));
        return Done{};
    }
    handler.operations.push_back(operation);
    handler.deferred = handler.deferred || deferred;
    return Done{};
}

Result<Done> Reader::headers(const CaddyLine& line, CaddyHandler handler, std::vector<CaddyHandler>& handlers) const
{
    std::vector<CaddyHandler> extra;
    if (!line.words.isEmpty()) {
        if (auto read = headerOperation(line, line.words, handler, extra); !read)
            return read;
    } else {
        for (const auto& inner : line.block) {
            if (inner.word(0) == "defer") {
                handler.deferred = true;
                continue;
            }
            if (auto read = headerOperation(inner, inner.words, handler, extra); !read)
                return read;
        }
    }
    if (!handler.operations.empty())
        handlers.push_back(std::move(handler));
    handlers.insert(handlers.end(), extra.begin(), extra.end());
    return Done{};
}

Result<Done> Reader::proxy(const CaddyLine& line, CaddyHandler handler, std::vector<CaddyHandler>& handlers) const
{
    handler.kind = Kind::ReverseProxy;
    for (const auto& inner : line.block) {
        CaddyHandler up;
        std::vector<CaddyHandler> extra;
        if (inner.word(0) != "header_up" && inner.word(0) != "header_down")
            continue; // how the application is reached is of no concern here
        auto& target = inner.word(0) == "header_up" ? up : handler;
        if (auto read = headerOperation(inner, inner.words.mid(1), target, extra); !read)
            return read;
        if (!extra.empty())
            return wrong(inner, tr("a header without \"?\""), inner.word(1));
        handler.upstreamRequest.insert(handler.upstreamRequest.end(), up.operations.begin(), up.operations.end());
    }
    handler.deferred = false;
    handlers.push_back(std::move(handler));
    return Done{};
}

// @name test ..., or @name { tests }
Result<CaddyMatcher> Reader::matcher(const CaddyLine& line) const
{
    CaddyMatcher result{{}, line.word(0)};
    const auto add = [&](const CaddyLine& at, const QList<QByteArray>& words,
                         const std::vector<CaddyLine>& inner) -> Result<Done> {
        auto one = test(at, words, inner);
        if (!one)
            return one.error();
        // Several lines for one header are alternatives.
        for (auto& known : result.tests) {
            if (one->kind == CaddyTest::Kind::Header && known.kind == one->kind && known.name == one->name) {
                known.values += one->values;
                return Done{};
            }
        }
        result.tests.push_back(std::move(*one));
        return Done{};
    };
    if (line.words.size() > 1) {
        if (auto read = add(line, line.words.mid(1), line.block); !read)
            return read.error();
        return result;
    }
    for (const auto& inner : line.block)
        if (auto read = add(inner, inner.words, inner.block); !read)
            return read.error();
    if (result.tests.empty())
        return wrong(line, tr("what the matcher looks for"), {});
    return result;
}

Result<CaddyTest> Reader::test(const CaddyLine& line, const QList<QByteArray>& words,
                               const std::vector<CaddyLine>& inner) const
{
    const auto name = words.value(0);
    CaddyTest test;
    test.values = words.mid(1);
    if (name == "path" || name == "method" || name == "host" || name == "protocol") {
        test.kind = name == "path" ? CaddyTest::Kind::Path : name == "method" ? CaddyTest::Kind::Method
            : name == "host"       ? CaddyTest::Kind::Host
                                   : CaddyTest::Kind::Protocol;
        if (test.values.isEmpty())
            return wrong(line, tr("a value after \"%1\"").arg(QString::fromUtf8(name)), {});
        return test;
    }
    if (name == "header") {
        test.kind = CaddyTest::Kind::Header;
        test.name = words.value(1);
        test.values = words.size() > 2 ? QList<QByteArray>{words[2]} : QList<QByteArray>{"*"};
        if (test.name.startsWith('!')) {
            test.name.remove(0, 1);
            test.values = {"!"};
        }
        return isHeaderName(test.name) ? Result<CaddyTest>(test) : wrong(line, tr("a header name"), test.name);
    }
    if (name == "header_regexp") {
        test.kind = CaddyTest::Kind::HeaderPattern;
        const bool named = words.size() == 4;
        test.captureName = named ? words[1] : QByteArray();
        test.name = words.value(named ? 2 : 1);
        test.pattern.setPattern(QString::fromUtf8(words.value(named ? 3 : 2)));
        if (words.size() < 3 || words.size() > 4 || !test.pattern.isValid())
            return wrong(line, tr("a header and a regular expression"), ascii::join(words.mid(1), " "));
        return test;
    }
    if (name == "not") {
        test.kind = CaddyTest::Kind::Not;
        auto denied = matcher({QList<QByteArray>{"not"} + words.mid(1), !inner.empty(), inner, line.number});
        if (!denied)
            return denied.error();
        test.inner = std::make_shared<const CaddyMatcher>(*denied);
        return test;
    }
    return wrong(line, tr("path, method, header, header_regexp, host, protocol or not"), name);
}

Result<Done> Reader::placeholdersAreKnown(const CaddyLine& line, const QByteArray& text) const
{
    static const QRegularExpression placeholder(QStringLiteral("\\{([^{}\\s]+)\\}"));
    static const QRegularExpression known(QStringLiteral(
        "^(http\\.request\\.(header\\..+|method|host|uri|uri\\.path|uri\\.query|scheme|hostport)|header\\..+|method|host|hostport|"
        "uri|path|query|scheme|(http\\.regexp|re)\\..+|(http\\.error|err)\\.(status_code|status_text|message))$"));
    auto matches = placeholder.globalMatch(QString::fromUtf8(text));
    while (matches.hasNext()) {
        const auto name = matches.next().captured(1);
        if (!known.match(name).hasMatch())
            return wrong(line, tr("a placeholder that is known here, such as {header.Origin}"), name.toUtf8());
    }
    return Done{};
}

} // namespace

Result<std::shared_ptr<const CaddyConfig>> CaddyConfig::read(const QByteArray& text)
{
    auto lines = parseCaddyfile(text);
    if (!lines)
        return lines.error();
    auto config = std::make_shared<CaddyConfig>();
    if (auto read = Reader(*config).whole(*lines); !read)
        return read.error();
    return std::shared_ptr<const CaddyConfig>(config);
}

} // namespace corscope
