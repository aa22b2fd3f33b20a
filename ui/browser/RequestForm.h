#pragma once

#include "core/scenario/Scenario.h"

#include <QWidget>

#include <functional>

class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace corscope {

class Field;
class HeaderTable;
class MoreOptions;
class ScenarioDocument;
class Segmented;

/// The selected request of the scenario, as a form.
class RequestForm : public QWidget
{
    Q_OBJECT
public:
    explicit RequestForm(ScenarioDocument& document, QWidget* parent = nullptr);

private:
    void buildForm();
    void connectForm();
    void refresh();
    void edit(const QString& name, const QByteArray& field, const std::function<void(FetchCall&)>& change);
    QString checkUrl(const QString& text) const;

    ScenarioDocument& m_document;
    Field* m_method;
    Field* m_url;
    HeaderTable* m_headers;
    QPlainTextEdit* m_body;
    QLabel* m_bodyNote;
    Segmented* m_credentials;
    Segmented* m_mode;
    QComboBox* m_redirect;
    QComboBox* m_cache;
    MoreOptions* m_more;
};

} // namespace corscope
