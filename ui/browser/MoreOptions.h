#pragma once

#include "core/fetch/FetchCall.h"

#include <QHash>
#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;

namespace corscope {

class Field;
class FormGrid;
class Section;

/// The options of a call that are set once in a while.
class MoreOptions : public QWidget
{
    Q_OBJECT
public:
    explicit MoreOptions(QWidget* parent = nullptr);

    void setCall(const FetchCall& call);

Q_SIGNALS:
    /// By the user. \param field tells edits that may be one step of undo apart; empty: each is one.
    void edited(const QString& name, const QByteArray& field, const std::function<void(FetchCall&)>& change);

private:
    void buildForm(FormGrid& form);
    void connectForm();
    void showInForm(const FetchCall& call);
    void showRow(Field* field, bool shown);

    FetchCall m_call;
    QHash<Field*, QLabel*> m_rows; ///< labels of those that come and go
    Section* m_section;
    QComboBox* m_initiator = nullptr; ///< as the rest of the form, when the section is opened for the first time
    QComboBox* m_bodyKind;
    Field* m_bodyType;
    QComboBox* m_referrer;
    Field* m_referrerUrl;
    QComboBox* m_referrerPolicy;
    QComboBox* m_addressSpace;
    Field* m_abortAfter;
    Field* m_timeout;
    QCheckBox* m_keepalive;
    QCheckBox* m_uploadListeners;
};

} // namespace corscope
