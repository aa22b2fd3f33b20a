#pragma once

#include "core/backend/StageCatalogue.h"
#include "core/http/Message.h"

namespace corscope {

/// The settings that all servers share which go by a text of directives.

/// Reads the text of the option `config`; errors name the option before the place in the text.
template<typename Config>
Result<std::shared_ptr<const Config>> configOf(const StageSettings& settings)
{
    auto config = Config::read(settings.values[QLatin1String("config")].toString().toUtf8());
    if (config)
        return config;
    auto error = config.error();
    error.where.prepend(QStringLiteral("config, "));
    return error;
}

/// Whether the request brings a name and password. Any will do: there is no file of them here.
bool bringsPassword(const RequestMessage& request);

} // namespace corscope
