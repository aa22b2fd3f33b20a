#include "core/backend/code/CodeForms.h"

namespace corscope::code {

const CodeForm* findCodeForm(const QByteArray& name)
{
    for (const auto* form : {&djangoSettings, &aiohttpSetup, &rackBlock, &phpHeader})
        if (name == form->name)
            return form;
    return nullptr;
}

QJsonValue writtenValue(const FrameworkDescription& description, const QJsonObject& settings, const char* option)
{
    const auto value = settings.value(QLatin1String(option));
    const auto* described = description.option(option);
    return described && value == described->defaultValue ? QJsonValue(QJsonValue::Undefined) : value;
}

void append(std::vector<CodeLine>& lines, std::initializer_list<const char*> texts, const char* option)
{
    for (const char* text : texts)
        lines.push_back({text, option});
}

} // namespace corscope::code
