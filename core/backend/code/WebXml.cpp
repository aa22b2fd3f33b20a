#include "core/backend/code/WebXml.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

namespace corscope::webxml {

static QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

QByteArray literal(const QJsonValue& value)
{
    const auto text = value.isBool() ? QString::fromLatin1(value.toBool() ? "true" : "false")
        : value.isDouble()           ? QString::number(value.toInteger())
                                     : value.toString();
    return text.toHtmlEscaped().toUtf8();
}

Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target)
{
    // What is pasted may be one filter, several, or a whole file: an element around it makes all of them one.
    QXmlStreamReader xml(code.contains("<?xml") ? code : QByteArray("<pasted>" + code + "</pasted>"));
    std::vector<code::Argument> parameters;
    bool isTarget = false;
    bool isInside = false;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::EndElement && xml.name() == QLatin1String("filter") && isTarget)
            return parameters;
        if (token == QXmlStreamReader::EndElement && xml.name() == QLatin1String("init-param"))
            isInside = false;
        if (token != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("filter")) {
            parameters.clear();
            isTarget = false;
        } else if (xml.name() == QLatin1String("filter-class")) {
            isTarget = xml.readElementText().trimmed().endsWith(QString::fromUtf8(target));
        } else if (xml.name() == QLatin1String("init-param")) {
            isInside = true;
            parameters.push_back({{}, {}, int(xml.lineNumber())});
        } else if (isInside && xml.name() == QLatin1String("param-name")) {
            parameters.back().line = int(xml.lineNumber());
            parameters.back().name = xml.readElementText().trimmed().toUtf8();
        } else if (isInside && xml.name() == QLatin1String("param-value")) {
            parameters.back().value = xml.readElementText().trimmed();
        }
    }
    if (xml.hasError())
        return InputError{code::linePlace(int(xml.lineNumber())), tr("well-formed XML"), xml.errorString()};
    return InputError{tr("code"), tr("a filter of the class %1").arg(QString::fromUtf8(target)), {}};
}

Result<QJsonValue> asSetting(const OptionDescription& option, const QJsonValue& read)
{
    const auto text = read.toString();
    if (option.type == OptionDescription::Type::Boolean)
        return QJsonValue(text.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0);
    if (option.type == OptionDescription::Type::Integer) {
        bool ok = false;
        const auto number = text.toInt(&ok);
        if (!ok && option.stringAllowed)
            return read;
        if (!ok)
            return InputError{QString::fromUtf8(option.name), tr("a whole number"), text};
        return QJsonValue(number);
    }
    return read;
}

} // namespace corscope::webxml
