"""Every form, one line each."""

from bot.features.calls import forms as call_forms
from bot.features.cases import forms as case_forms
from bot.features.duty.forms import correction, on_behalf
from bot.features.handover.forms import equipment, remark
from bot.features.hazards.forms import rectify, reopen, report
from bot.features.households import forms as household_forms
from bot.features.ledger.forms import commendation, dispute
from bot.features.people import forms as people_forms
from bot.features.registry.cases import CASES
from bot.features.requests.forms import contact, progress, register
from bot.features.safety import forms as safety_forms
from bot.features.shifts import forms as shift_forms
from bot.features.swaps import forms as swap_forms
from bot.forms import known

known.keep(
    (
        safety_forms.FORM,
        case_forms.assign_form(*CASES),
        call_forms.CALL,
        call_forms.NOTE,
        call_forms.CORRECT,
        on_behalf.FORM,
        correction.FORM,
        equipment.FORM,
        dispute.FORM,
        people_forms.FORM,
        remark.FORM,
        report.FORM,
        household_forms.FORM,
        rectify.FORM,
        reopen.FORM,
        register.FORM,
        progress.ANSWER,
        contact.FORM,
        progress.DONE,
        progress.BLOCKED,
        commendation.FORM,
        shift_forms.FORM,
        swap_forms.FORM,
    )
)
