#pragma once

#include "core/backend/ServerConfig.h"

#include <QWidget>

#include <functional>

class QCheckBox;

namespace corscope {

class ChipList;
class CodeEdit;
class Field;
class FormGrid;

/// One route in full: what it is asked by, and what its handler answers and does.
class RouteForm : public QWidget
{
    Q_OBJECT
public:
    explicit RouteForm(QWidget* parent = nullptr);

    /// Shows a route without saying so.
    void setRoute(const RouteConfig& route);

Q_SIGNALS:
    /// By the user. \param field "method", "body" ...; \param typing whether it is one of several that belong together.
    void edited(const QString& name, const QByteArray& field, bool typing,
                const std::function<void(corscope::RouteConfig&)>& change);

private:
    void build();
    void takeHeaders();

    RouteConfig m_route;
    FormGrid* m_form;
    Field* m_method;
    Field* m_path;
    Field* m_status;
    ChipList* m_headers;
    ChipList* m_cookies;
    QLabel* m_headerNote;
    CodeEdit* m_body;
    Field* m_effect;
    QCheckBox* m_raises;
};

} // namespace corscope
