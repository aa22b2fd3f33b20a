#include "core/backend/code/RubyCode.h"

#include "core/backend/code/CodeForms.h"
#include "core/backend/code/LiteralReader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

namespace corscope::ruby {

using code::Argument;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

/// The options of a resource line.
constexpr const char* resourceOptions[] = {"methods", "headers", "expose", "max_age", "credentials", "vary"};

/// Reads the allow blocks of Rack::Cors.
class Reader final : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

    Result<std::vector<Argument>> blocks()
    {
        readVariables();
        bool found = false;
        QJsonArray blocks;
        QJsonValue origins = QJsonArray();
        int line = 0;
        for (m_at = 0; !isEnd(); ++m_at) {
            if (token().kind != Token::Kind::Name)
                continue;
            if (token().text == "allow" && (token(1).text == "do" || token(1).text == "{")) {
                found = true;
                line = line == 0 ? token().line : line;
                origins = QJsonArray();
            } else if (found && token().text == "origins" && token(1).text != ":") {
                const auto read = values("origins");
                if (!read)
                    return read.error();
                origins = *read;
                --m_at;
            } else if (found && token().text == "resource" && token(1).text != ":") {
                // A block for each resource comes to the same: the first with the origin and the path decides.
                const auto read = resource(origins);
                if (!read)
                    return read.error();
                blocks.append(*read);
                --m_at;
            }
        }
        if (!found)
            return InputError{tr("code"), tr("an allow block of Rack::Cors"), {}};
        std::vector<Argument> arguments;
        const auto first = blocks.isEmpty() ? QJsonObject{{QStringLiteral("origins"), origins}} : blocks.takeAt(0).toObject();
        for (auto it = first.begin(); it != first.end(); ++it)
            arguments.push_back({it.key().toUtf8(), it.value(), line});
        if (!blocks.isEmpty())
            arguments.push_back({"further_blocks", blocks, line});
        return arguments;
    }

private:
    /// Values behind a word, up to the end of the statement; lists among them are part of the whole.
    Result<QJsonArray> values(const char* name)
    {
        m_option = name;
        ++m_at;
        const bool brackets = is("(");
        m_at += brackets ? 1 : 0;
        QJsonArray result;
        while (!endsHere() && !is(")")) {
            const auto value = literal();
            if (!value)
                return value.error();
            for (const auto& item : value->isArray() ? value->toArray() : QJsonArray{*value})
                result.append(item);
            if (!is(","))
                break;
            ++m_at;
        }
        if (brackets && is(")"))
            ++m_at;
        if (!endsHere())
            return unexpected(tr("the end of the line after the values of %1").arg(QLatin1String(name)));
        return result;
    }

    Result<QJsonObject> resource(const QJsonValue& origins)
    {
        const int line = token().line;
        m_option = "resource";
        ++m_at;
        const bool brackets = is("(");
        m_at += brackets ? 1 : 0;
        const auto path = literal();
        if (!path)
            return path.error();
        if (!path->isString() && !path->isObject())
            return InputError{code::linePlace(line), tr("a path as a string or a pattern"), {}};
        QJsonObject block{{QStringLiteral("origins"), origins}, {QStringLiteral("resource"), *path}};
        while (is(",")) {
            ++m_at;
            // `methods: [..]`, or `:methods => [..]` as it was once written
            const auto key = token();
            const bool isSymbol = key.kind == Token::Kind::String && token(1).text == "=>";
            if (!isSymbol && (key.kind != Token::Kind::Name || token(1).text != ":"))
                return unexpected(tr("an option and its value (option: value)"));
            m_at += 2;
            m_option = isSymbol ? key.value.toUtf8() : key.text;
            const auto value = literal();
            if (!value)
                return value.error();
            block[QString::fromUtf8(m_option)] = *value;
        }
        if (brackets && is(")"))
            ++m_at;
        if (!endsHere())
            return unexpected(tr("the end of the line after the values of %1").arg(QString::fromUtf8(m_option)));
        return block;
    }

    bool endsHere() const { return endsStatement() || is("}") || token().text == "end" || isEnd(); }

    QJsonValue constant(const QByteArray& name) const override
    {
        return name == "true" ? QJsonValue(true)
            : name == "false" ? QJsonValue(false)
            : name == "nil"   ? QJsonValue(QJsonValue::Null)
                              : QJsonValue(QJsonValue::Undefined);
    }

    /// `ORIGINS = %w[https://app.example.com]`
    bool findVariable(QByteArray& name) override
    {
        if (token().kind != Token::Kind::Name || !token().startsStatement || token(1).text != "=")
            return false;
        name = token().text;
        m_at += 2;
        return true;
    }

    Result<QJsonValue> ownLiteral() override
    {
        const auto word = token();
        if (word.kind == Token::Kind::String) {
            ++m_at;
            return QJsonValue(word.value);
        }
        if (word.kind != Token::Kind::Pattern)
            return QJsonValue(QJsonValue::Undefined);
        ++m_at;
        QJsonObject pattern{{QStringLiteral("regex"), word.value}};
        if (!word.flags.isEmpty())
            pattern[QStringLiteral("flags")] = QString::fromLatin1(word.flags);
        return QJsonValue(pattern);
    }
};

bool isWord(const QString& text)
{
    static const QRegularExpression word(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
    return word.match(text).hasMatch();
}

QByteArray patternLiteral(const QJsonObject& pattern)
{
    QByteArray source;
    const auto text = pattern[QLatin1String("regex")].toString().toUtf8();
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            source += text.mid(i++, 2);
            continue;
        }
        source += text[i] == '/' ? QByteArray("\\/") : QByteArray(1, text[i]);
    }
    return '/' + source + '/' + pattern[QLatin1String("flags")].toString().toLatin1();
}

/// One allow block; its lines are of the options, or of `option` where one is given.
void writeBlock(std::vector<CodeLine>& lines, const FrameworkDescription& description, const QJsonObject& settings,
                const QByteArray& option)
{
    const auto owner = [&](const char* own) { return option.isEmpty() ? QByteArray(own) : option; };
    const auto listed = [](const QJsonValue& value) {
        QList<QByteArray> items;
        for (const auto& item : value.isArray() ? value.toArray() : QJsonArray{value})
            items.append(literal(item));
        return items;
    };
    lines.push_back({"  allow do", option});
    const auto origins = listed(settings[QLatin1String("origins")]);
    lines.push_back({"    origins" + QByteArray(origins.isEmpty() ? "" : " ") + origins.join(", "), owner("origins")});
    const auto given = settings[QLatin1String("resource")];
    for (const auto& path : listed(given.isUndefined() ? QJsonValue(QStringLiteral("*")) : given)) {
        lines.push_back({"    resource " + path, owner("resource")});
        for (const char* name : resourceOptions) {
            const auto value = code::writtenValue(description, settings, name);
            if (value.isUndefined())
                continue;
            lines.back().text += ',';
            const bool symbols = qstrcmp(name, "methods") == 0 || value == QJsonValue(QStringLiteral("any"));
            lines.push_back({QByteArray("      ") + name + ": " + literal(value, symbols), owner(name)});
        }
    }
    lines.push_back({"  end", option});
}

std::vector<CodeLine> write(const FrameworkDescription& description, const QJsonObject& settings)
{
    std::vector<CodeLine> lines;
    code::append(lines, {"# config/initializers/cors.rb",
                         "Rails.application.config.middleware.insert_before 0, Rack::Cors do"});
    writeBlock(lines, description, settings, {});
    for (const auto& block : settings[QLatin1String("further_blocks")].toArray())
        writeBlock(lines, description, block.toObject(), "further_blocks");
    code::append(lines, {"end"});
    return lines;
}

Result<std::vector<Argument>> read(const FrameworkDescription&, const QByteArray& code)
{
    auto words = tokens(code);
    if (!words)
        return words.error();
    return Reader(std::move(words).value()).blocks();
}

} // namespace

QByteArray literal(const QJsonValue& value, bool symbols)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "true" : "false";
    case QJsonValue::Double: return QByteArray::number(value.toInteger());
    case QJsonValue::String:
        if (symbols && isWord(value.toString()))
            return ':' + value.toString().toUtf8();
        // "#{" would be looked into.
        return code::quoted(value.toString()).replace("#{", "\\#{");
    case QJsonValue::Object: return patternLiteral(value.toObject());
    case QJsonValue::Array: {
        QByteArray items;
        for (const auto& item : value.toArray())
            items += (items.isEmpty() ? QByteArray() : QByteArray(", ")) + literal(item, symbols);
        return '[' + items + ']';
    }
    default: return "nil";
    }
}

} // namespace corscope::ruby

const corscope::code::CodeForm corscope::code::rackBlock{"rack-block", corscope::ruby::write, corscope::ruby::read};
